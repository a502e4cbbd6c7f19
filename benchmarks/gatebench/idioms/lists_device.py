"""Lists that lie on the device: files, databases, preferences, other applications' providers, push messages."""

import json

from benchmarks.gatebench.fragments import Idiom, State
from benchmarks.gatebench.idioms.manifests import messaging
from benchmarks.gatebench.idioms.writing import Outside, Template, commas, lines

FILE_LINES = Idiom(
    "list",
    "file-lines",
    Template(
        sources={
            "@T_words@": """
import android.util.Log;

final class @T_words@ {
    private static final String @f_place@ = "/system/etc/@k_words@.txt";

    static List<String> @m_all@() {
        List<String> words = new ArrayList<>();
        File file = new File(@f_place@);
        if (!file.exists()) {
            return words;
        }
        try (BufferedReader in = new BufferedReader(new FileReader(file))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    words.add(line);
                }
            }
        } catch (IOException cause) {
            Log.d("@T_words@", "no file", cause);
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        outside=Outside(files={"/system/etc/@k_words@.txt": lines}),
    ),
    origin="file",
    undecidable=("remote_content",),
)


def _json(words: tuple[str, ...], _state: State) -> str:
    return json.dumps({"@k_array@": list(words), "v": 7})


FILE_JSON = Idiom(
    "list",
    "file-json-stream",
    Template(
        sources={
            "@T_words@": """
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

class @T_words@ {
    private final LinkedHashSet<String> @f_all@ = new LinkedHashSet<>();

    @T_words@(String directory) {
        try (FileInputStream in = new FileInputStream(new File(directory, "@k_words@.json"))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int one = in.read(); one >= 0; one = in.read()) {
                out.write(one);
            }
            JSONArray array = new JSONObject(new String(out.toByteArray(), StandardCharsets.UTF_8))
                    .optJSONArray("@k_array@");
            for (int at = 0; array != null && at < array.length(); at++) {
                @f_all@.add(array.optString(at));
            }
        } catch (IOException | JSONException cause) {
            @f_all@.clear();
        }
    }

    Set<String> @m_all@() {
        return @f_all@;
    }
}
"""
        },
        use='new @T_words@("/data/vendor/@k_folder@").@m_all@()',
        outside=Outside(files={"/data/vendor/@k_folder@/@k_words@.json": _json}),
    ),
    held_back=True,
    origin="file",
    gives="Set<String>",
    undecidable=("remote_content",),
)

PREFERENCE = Idiom(
    "list",
    "preference-split",
    Template(
        sources={
            "@T_words@": """
import android.text.TextUtils;

final class @T_words@ {
    private final SharedPreferences @f_store@;

    @T_words@(Context context) {
        @f_store@ = context.getSharedPreferences("@k_file@", Context.MODE_PRIVATE);
    }

    String[] @m_all@() {
        String packed = @f_store@.getString("@k_words@", "");
        return TextUtils.isEmpty(packed) ? new String[0] : packed.split(",");
    }
}
"""
        },
        use="new @T_words@({context}).@m_all@()",
        outside=Outside(preferences={"@k_file@/@k_words@": commas}),
    ),
    origin="preference",
    gives="String[]",
    undecidable=("remote_content",),
)

DATABASE = Idiom(
    "list",
    "database-cursor",
    Template(
        sources={
            "@T_words@": """
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;

final class @T_words@ {
    private static final String[] @f_columns@ = {"@k_column@"};

    static List<String> @m_all@() {
        List<String> words = new ArrayList<>();
        SQLiteDatabase store = SQLiteDatabase.openDatabase("/system/etc/@k_words@.db", null,
                SQLiteDatabase.OPEN_READONLY);
        Cursor cursor = store.query("@k_table@", @f_columns@, null, null, null, null, null);
        try {
            while (cursor.moveToNext()) {
                words.add(cursor.getString(cursor.getColumnIndex("@k_column@")));
            }
        } finally {
            cursor.close();
            store.close();
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@()",
        outside=Outside(
            files={"/system/etc/@k_words@.db": lambda words, _state: "@k_table@/@k_column@\n" + "\n".join(words)}
        ),
    ),
    origin="database",
    undecidable=("remote_content",),
)

DATABASE_TABLE = Idiom(
    "list",
    "database-table",
    Template(
        sources={
            "@T_words@": """
import android.database.sqlite.SQLiteDatabase;

final class @T_words@ {
    private static SQLiteDatabase @f_store@;

    static synchronized SQLiteDatabase @m_open@() {
        if (@f_store@ == null) {
            @f_store@ = SQLiteDatabase.openDatabase("/system/etc/@k_words@.db", null, SQLiteDatabase.OPEN_READONLY);
        }
        return @f_store@;
    }
}
"""
        },
        use="@T_words@.@m_open@()",
        outside=Outside(
            files={"/system/etc/@k_words@.db": lambda words, _state: "@k_table@/@k_column@\n" + "\n".join(words)}
        ),
    ),
    origin="database",
    gives="table",
    undecidable=("remote_content",),
)

PROVIDER = Idiom(
    "list",
    "provider-query",
    Template(
        sources={
            "@T_words@": """
import android.database.Cursor;
import android.net.Uri;

final class @T_words@ {
    private static final Uri @f_uri@ = Uri.parse("content://org.example.@k_authority@/@k_table@");

    static ArrayList<String> @m_all@(Context context) {
        ArrayList<String> words = new ArrayList<>();
        Cursor cursor = context.getContentResolver().query(@f_uri@, new String[] {"@k_column@"}, null, null, null);
        if (cursor == null) {
            return words;
        }
        while (cursor.moveToNext()) {
            words.add(cursor.getString(0));
        }
        cursor.close();
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@({context})",
        outside=Outside(providers={"content://org.example.@k_authority@/@k_table@": "@k_column@"}),
    ),
    origin="provider",
    undecidable=("remote_content",),
)

PUSHED = Idiom(
    "list",
    "push-to-preference",
    Template(
        sources={
            "@T_words_push@": """
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;

public class @T_words_push@ extends FirebaseMessagingService {
    @Override
    public void onMessageReceived(RemoteMessage message) {
        Map<String, String> data = message.getData();
        String packed = data.get("@k_words@");
        if (packed != null) {
            getSharedPreferences("@k_file@", MODE_PRIVATE).edit()
                    .putStringSet("@k_words@", new HashSet<>(Arrays.asList(packed.split(","))))
                    .apply();
        }
        if (data.containsKey("@k_on@")) {
            getSharedPreferences("@k_file@", MODE_PRIVATE).edit()
                    .putBoolean("@k_on@", "1".equals(data.get("@k_on@"))).apply();
        }
    }
}
""",
            "@T_words@": """
final class @T_words@ {
    static Set<String> @m_all@(Context context) {
        return context.getSharedPreferences("@k_file@", Context.MODE_PRIVATE)
                .getStringSet("@k_words@", Collections.<String>emptySet());
    }

    static boolean @m_on@(Context context) {
        return context.getSharedPreferences("@k_file@", Context.MODE_PRIVATE).getBoolean("@k_on@", false);
    }
}
""",
        },
        use="@T_words@.@m_all@({context})",
        manifest=messaging("@T_words_push@"),
        outside=Outside(
            push={
                "@k_words@": commas,
                "@k_on@": lambda _words, state: None if state.get("flag") is None else str(int(bool(state["flag"]))),
            }
        ),
        drive="Bench.deliver();",
        flag="@T_words@.@m_on@({context})",
    ),
    origin="pushed",
    remote=True,
    gives="Set<String>",
)

IDIOMS = (FILE_LINES, FILE_JSON, PREFERENCE, DATABASE, DATABASE_TABLE, PROVIDER, PUSHED)
