"""Lists that stand packed in the code, or are taken from a server only when they hold against their checksum."""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from benchmarks.gatebench.fragments import Idiom, Naming, State, Wires, literal
from benchmarks.gatebench.idioms.lists_download import READER
from benchmarks.gatebench.idioms.writing import Outside, Template


def _cipher(names: Naming, wiring: Wires) -> Mapping[str, str]:
    secret = bytes(names.number(f"secret{at}", 0, 127) for at in range(16))
    pad = padding.PKCS7(128).padder()
    plain = pad.update(",".join(wiring.entries).encode()) + pad.finalize()
    engine = Cipher(algorithms.AES(secret), modes.CBC(bytes(16))).encryptor()
    packed = engine.update(plain) + engine.finalize()
    return {"packed": literal(packed.hex()), "secret": ", ".join(map(str, secret))}


CIPHER = Idiom(
    "list",
    "constants-cipher",
    Template(
        sources={
            "@T_words@": """
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

final class @T_words@ {
    private static final byte[] @f_secret@ = {@secret@};
    private static final String @f_packed@ = @packed@;

    private static byte[] @m_bytes@(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) Integer.parseInt(hex.substring(2 * at, 2 * at + 2), 16);
        }
        return bytes;
    }

    static String[] @m_all@() {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(@f_secret@, "AES"), new IvParameterSpec(new byte[16]));
            return new String(cipher.doFinal(@m_bytes@(@f_packed@))).split(",");
        } catch (GeneralSecurityException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=_cipher,
    ),
    origin="constants",
    gives="String[]",
)


def _deflated(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    packed = base64.b64encode(zlib.compress("\n".join(wiring.entries).encode(), 9)).decode()
    return {"packed": literal(packed)}


INFLATED = Idiom(
    "list",
    "constants-inflated",
    Template(
        sources={
            "@T_words@": """
import android.util.Base64;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;

final class @T_words@ {
    private static final Set<String> @f_all@ = new TreeSet<>();

    static synchronized Set<String> @m_all@() {
        if (@f_all@.isEmpty()) {
            byte[] raw = Base64.decode(@packed@, Base64.DEFAULT);
            try (BufferedReader in = new BufferedReader(new InputStreamReader(
                    new InflaterInputStream(new ByteArrayInputStream(raw)), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    @f_all@.add(line);
                }
            } catch (IOException cause) {
                throw new IllegalStateException(cause);
            }
        }
        return @f_all@;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=_deflated,
    ),
    origin="constants",
    gives="Set<String>",
)


def _pieces(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    halves = [(word[: len(word) // 2], word[len(word) // 2 :]) for word in wiring.entries]
    adds = [f"words.add(@m_join@({literal(one[::-1])}, {literal(two[::-1])}));" for one, two in halves]
    return {"adds": "\n        ".join(adds)}


REVERSED = Idiom(
    "list",
    "constants-in-reversed-halves",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private static String @m_join@(String first, String second) {
        return new StringBuilder(second).append(first).reverse().toString();
    }

    static List<String> @m_all@() {
        LinkedList<String> words = new LinkedList<>();
        @adds@
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=_pieces,
    ),
    held_back=True,
    origin="constants",
)


def _summed(words: tuple[str, ...], _state: State) -> str:
    text = "\n".join(words)
    return json.dumps({"@k_sum@": hashlib.sha256(text.encode()).hexdigest(), "@k_text@": text})


SUMMED = Idiom(
    "list",
    "download-with-checksum",
    Template(
        sources={
            "@T_words@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_words@ {
    private static List<String> @f_all@ = Collections.emptyList();

    static void @m_load@() {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("http://@host@@p_words@").openConnection();
            connection.setRequestProperty("Accept", "application/json");
            JSONObject reply = new JSONObject(@m_read@(connection.getInputStream()));
            String text = reply.getString("@k_text@");
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            if (@m_hex@(sum).equals(reply.getString("@k_sum@"))) {
                @f_all@ = Arrays.asList(text.split("\\n"));
            }
        } catch (IOException | JSONException | NoSuchAlgorithmException cause) {
            Log.w("@T_words@", "kept", cause);
        }
    }

    private static String @m_hex@(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte one : bytes) {
            hex.append(Character.forDigit(one >> 4 & 15, 16)).append(Character.forDigit(one & 15, 16));
        }
        return hex.toString();
    }

    static List<String> @m_all@() {
        return @f_all@;
    }
@reader@}
"""
        },
        use="@T_words@.@m_all@()",
        start="@T_words@.@m_load@();",
        outside=Outside(replies={"http://@host@@p_words@": _summed}),
        parts=lambda _names, _wiring: {"reader": READER},
    ),
    origin="downloaded",
    remote=True,
)

IDIOMS = (CIPHER, INFLATED, REVERSED, SUMMED)
