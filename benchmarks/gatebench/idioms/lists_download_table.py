"""Lists that a server delivers into a table, packed, or encrypted."""

import base64
import gzip
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from benchmarks.gatebench.fragments import Idiom, Naming, State, Wires, literal
from benchmarks.gatebench.idioms.writing import Outside, Template

LETTERS = "k7e2p9v4c1x8m3qz"

HELPER = """
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

class @T_words_store@ extends SQLiteOpenHelper {
    static final String @f_table@ = "@k_table@";

    @T_words_store@(Context context) {
        super(context, "@k_file@.db", null, @n_schema_1_9@);
    }

    @Override
    public void onCreate(SQLiteDatabase store) {
        store.execSQL("CREATE TABLE " + @f_table@ + " (_id INTEGER PRIMARY KEY, @k_column@ TEXT NOT NULL)");
    }

    @Override
    public void onUpgrade(SQLiteDatabase store, int from, int to) {
        store.execSQL("DROP TABLE IF EXISTS " + @f_table@);
        onCreate(store);
    }
}
"""

LOADER = """
import android.database.sqlite.SQLiteDatabase;
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;

final class @T_words_loader@ {
    static void @m_refresh@(Context context) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_words@").openConnection();
            Scanner scanner = new Scanner(connection.getInputStream(), "UTF-8").useDelimiter("\\\\A");
            JSONArray rows = new JSONArray(scanner.hasNext() ? scanner.next() : "[]");
            SQLiteDatabase store = new @T_words_store@(context).getWritableDatabase();
            store.delete(@T_words_store@.@f_table@, null, null);
            for (int at = 0; at < rows.length(); at++) {
                ContentValues values = new ContentValues();
                values.put("@k_column@", rows.getJSONObject(at).getString("@k_entry@"));
                store.insert(@T_words_store@.@f_table@, null, values);
            }
        } catch (IOException | JSONException cause) {
            Log.w("@T_words_loader@", "kept", cause);
        }
    }
}
"""


def _rows(words: tuple[str, ...], _state: State) -> str:
    return json.dumps([{"@k_entry@": word, "level": at % 3} for at, word in enumerate(words)])


TABLE = Idiom(
    "list",
    "download-to-table",
    Template(
        sources={"@T_words_store@": HELPER, "@T_words_loader@": LOADER},
        use="new @T_words_store@({context}).getReadableDatabase()",
        start="@T_words_loader@.@m_refresh@({context});",
        outside=Outside(replies={"https://@host@@p_words@": _rows}),
    ),
    origin="downloaded",
    remote=True,
    gives="table",
)

ROWS = Idiom(
    "list",
    "download-to-table-and-read",
    Template(
        sources={
            "@T_words_store@": HELPER,
            "@T_words_loader@": LOADER,
            "@T_words@": """
import android.database.Cursor;

final class @T_words@ {
    private final Context @f_context@;

    @T_words@(Context context) {
        this.@f_context@ = context;
    }

    List<String> @m_all@() {
        List<String> words = new ArrayList<>();
        try (Cursor cursor = new @T_words_store@(@f_context@).getReadableDatabase()
                .rawQuery("SELECT @k_column@ FROM " + @T_words_store@.@f_table@, null)) {
            if (cursor.moveToFirst()) {
                do {
                    words.add(cursor.getString(0));
                } while (cursor.moveToNext());
            }
        }
        return words;
    }
}
""",
        },
        use="new @T_words@({context}).@m_all@()",
        start="@T_words_loader@.@m_refresh@({context});",
        outside=Outside(replies={"https://@host@@p_words@": _rows}),
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
)


def _sealed(words: tuple[str, ...], _state: State) -> str:
    pad = padding.PKCS7(128).padder()
    plain = pad.update("\n".join(words).encode()) + pad.finalize()
    engine = Cipher(algorithms.AES(LETTERS.encode()), modes.CBC(LETTERS[::-1].encode())).encryptor()
    return base64.b64encode(engine.update(plain) + engine.finalize()).decode()


def _packed(words: tuple[str, ...], _state: State) -> str:
    return base64.b64encode(gzip.compress("\t".join(words).encode(), mtime=0)).decode()


def _secret(_names: Naming, _wiring: Wires) -> Mapping[str, str]:
    return {"secret": literal(LETTERS), "vector": literal(LETTERS[::-1])}


SEALED = Idiom(
    "list",
    "download-encrypted",
    Template(
        sources={
            "@T_words@": """
import android.util.Base64;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

final class @T_words@ {
    private static final @T_words@ @f_instance@ = new @T_words@();
    private List<String> @f_all@ = Collections.emptyList();

    static @T_words@ @m_get@() {
        return @f_instance@;
    }

    List<String> @m_all@() {
        return @f_all@;
    }

    void @m_load@() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new URL("http://@host@@p_words@").openConnection().getInputStream()))) {
            @f_all@ = @m_open@(in.readLine());
        } catch (IOException | GeneralSecurityException cause) {
            @f_all@ = Collections.emptyList();
        }
    }

    private static List<String> @m_open@(String sealed) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(@secret@.getBytes(StandardCharsets.UTF_8), "AES"),
                new IvParameterSpec(@vector@.getBytes(StandardCharsets.UTF_8)));
        String plain = new String(cipher.doFinal(Base64.decode(sealed, Base64.DEFAULT)), StandardCharsets.UTF_8);
        return Arrays.asList(plain.split("\\n"));
    }
}
"""
        },
        use="@T_words@.@m_get@().@m_all@()",
        start="@T_words@.@m_get@().@m_load@();",
        outside=Outside(replies={"http://@host@@p_words@": _sealed}),
        parts=_secret,
    ),
    held_back=True,
    origin="downloaded",
    remote=True,
)

PACKED = Idiom(
    "list",
    "download-packed-to-file",
    Template(
        sources={
            "@T_words@": """
import android.util.Base64;
import java.net.URL;
import java.util.zip.GZIPInputStream;

final class @T_words@ {
    private @T_words@() {
    }

    private static File @m_file@(Context context) {
        return new File(context.getFilesDir(), "@k_words@.bin");
    }

    static void @m_fetch@(Context context) {
        try (InputStream in = new URL("https://@host@@p_words@").openStream();
                OutputStream out = new FileOutputStream(@m_file@(context))) {
            int one;
            while ((one = in.read()) >= 0) {
                out.write(one);
            }
        } catch (IOException cause) {
            @m_file@(context).delete();
        }
    }

    static String[] @m_all@(Context context) {
        File file = @m_file@(context);
        try (DataInputStream in = new DataInputStream(new FileInputStream(file))) {
            byte[] raw = new byte[(int) file.length()];
            in.readFully(raw);
            InputStream open = new GZIPInputStream(new ByteArrayInputStream(Base64.decode(raw, Base64.DEFAULT)));
            return new BufferedReader(new InputStreamReader(open, "UTF-8")).readLine().split("\\t");
        } catch (IOException cause) {
            return new String[0];
        }
    }
}
"""
        },
        use="@T_words@.@m_all@({context})",
        start="@T_words@.@m_fetch@({context});",
        outside=Outside(replies={"https://@host@@p_words@": _packed}),
    ),
    origin="downloaded",
    remote=True,
    gives="String[]",
)

IDIOMS = (TABLE, ROWS, SEALED, PACKED)
