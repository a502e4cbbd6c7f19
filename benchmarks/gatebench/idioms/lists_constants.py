"""Lists that stand in the code itself."""

import base64
from collections.abc import Mapping

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from benchmarks.gatebench.fragments import Idiom, Naming, Wires, literal
from benchmarks.gatebench.idioms.writing import Template

ARRAY = Idiom(
    "list",
    "constants-array",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private static final String[] @f_all@ = {@entries@};

    private @T_words@() {
    }

    static String[] @m_all@() {
        return @f_all@;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
    ),
    origin="constants",
    gives="String[]",
)

SET = Idiom(
    "list",
    "constants-set-in-initialiser",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    static final Set<String> @f_all@;

    static {
        Set<String> words = new HashSet<>();
        @adds@
        @f_all@ = Collections.unmodifiableSet(words);
    }

    private @T_words@() {
    }
}
"""
        },
        use="@T_words@.@f_all@",
        parts=lambda _names, wiring: {"adds": "\n        ".join(f"words.add({literal(w)});" for w in wiring.entries)},
    ),
    origin="constants",
    gives="Set<String>",
)

AS_LIST = Idiom(
    "list",
    "constants-as-list",
    Template(
        sources={
            "@T_words@": """
class @T_words@ {
    private final List<String> @f_all@ = new ArrayList<>(Arrays.asList(@entries@));
    private static @T_words@ @f_instance@;

    static synchronized @T_words@ @m_instance@() {
        if (@f_instance@ == null) {
            @f_instance@ = new @T_words@();
        }
        return @f_instance@;
    }

    List<String> @m_all@() {
        return @f_all@;
    }
}
"""
        },
        use="@T_words@.@m_instance@().@m_all@()",
    ),
    origin="constants",
)

SPLIT = Idiom(
    "list",
    "constants-split",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private static final String @f_packed@ = @packed@;
    private static String[] @f_all@;

    static String[] @m_all@() {
        if (@f_all@ == null) {
            @f_all@ = @f_packed@.split("\\\\|");
        }
        return @f_all@;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=lambda _names, wiring: {"packed": literal("|".join(wiring.entries))},
    ),
    origin="constants",
    gives="String[]",
)


def _base64(_names: Naming, wiring: Wires) -> Mapping[str, str]:
    return {"packed": literal(base64.b64encode("\n".join(wiring.entries).encode()).decode())}


BASE64 = Idiom(
    "list",
    "constants-base64",
    Template(
        sources={
            "@T_words@": """
import android.util.Base64;
import java.nio.charset.StandardCharsets;

final class @T_words@ {
    private static final String @f_packed@ = @packed@;

    static List<String> @m_all@() {
        byte[] raw = Base64.decode(@f_packed@, Base64.DEFAULT);
        List<String> words = new ArrayList<>();
        for (String line : new String(raw, StandardCharsets.UTF_8).split("\\n")) {
            words.add(line);
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=_base64,
    ),
    origin="constants",
)


def _aes(names: Naming, wiring: Wires) -> Mapping[str, str]:
    key = "".join("abcdefghijklmnopqrstuvwxyz234567"[names.number(f"aes{at}", 0, 31)] for at in range(16))
    pad = padding.PKCS7(128).padder()
    plain = pad.update("\n".join(wiring.entries).encode()) + pad.finalize()
    engine = Cipher(algorithms.AES(key.encode()), modes.CBC(key[::-1].encode())).encryptor()
    packed = base64.b64encode(engine.update(plain) + engine.finalize()).decode()
    return {"packed": literal(packed), "secret": literal(key), "vector": literal(key[::-1])}


AES = Idiom(
    "list",
    "constants-aes",
    Template(
        sources={
            "@T_words@": """
import android.util.Base64;
import android.util.Log;
import java.security.GeneralSecurityException;
import java.nio.charset.StandardCharsets;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

final class @T_words@ {
    private static final String @f_packed@ = @packed@;
    private static final String @f_secret@ = @secret@;

    static List<String> @m_all@() {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(@f_secret@.getBytes(StandardCharsets.UTF_8), "AES"),
                    new IvParameterSpec(@vector@.getBytes(StandardCharsets.UTF_8)));
            byte[] plain = cipher.doFinal(Base64.decode(@f_packed@, Base64.NO_WRAP));
            return Arrays.asList(new String(plain, StandardCharsets.UTF_8).split("\\n"));
        } catch (GeneralSecurityException cause) {
            Log.e("@T_words@", "unreadable", cause);
            return Collections.emptyList();
        }
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=_aes,
    ),
    held_back=True,
    origin="constants",
)

ENUM = Idiom(
    "list",
    "constants-enum",
    Template(
        sources={
            "@T_words@": """
enum @T_words@ {
    @constants@;

    private final String @f_label@;

    @T_words@(String label) {
        this.@f_label@ = label;
    }

    static Set<String> @m_all@() {
        Set<String> labels = new LinkedHashSet<>();
        for (@T_words@ one : values()) {
            labels.add(one.@f_label@);
        }
        return labels;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=lambda _names, wiring: {
            "constants": ",\n    ".join(f"ENTRY_{at}({literal(word)})" for at, word in enumerate(wiring.entries))
        },
    ),
    held_back=True,
    origin="constants",
    gives="Set<String>",
)


def _shifted(names: Naming, wiring: Wires) -> Mapping[str, str]:
    shift = names.number("shift", 3, 90)
    rows = ["{" + ", ".join(str(ord(letter) ^ shift) for letter in word) + "}" for word in wiring.entries]
    return {"rows": ",\n        ".join(rows), "shift": str(shift)}


SHIFTED = Idiom(
    "list",
    "constants-xor-numbers",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private static final int[][] @f_rows@ = {
        @rows@
    };

    static List<String> @m_all@() {
        List<String> words = new ArrayList<>(@f_rows@.length);
        for (int[] row : @f_rows@) {
            StringBuilder word = new StringBuilder(row.length);
            for (int letter : row) {
                word.append((char) (letter ^ @shift@));
            }
            words.add(word.toString());
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        parts=_shifted,
    ),
    held_back=True,
    origin="constants",
)

IDIOMS = (ARRAY, SET, AS_LIST, SPLIT, BASE64, AES, ENUM, SHIFTED)
