"""Lists that lie on the device, read in other ways."""

from benchmarks.gatebench.fragments import Idiom, State
from benchmarks.gatebench.idioms.manifests import messaging
from benchmarks.gatebench.idioms.writing import Outside, Template, commas


def _rows(words: tuple[str, ...], _state: State) -> str:
    return "@k_table@/@k_column@\n" + "\n".join(words)


def _tabs(words: tuple[str, ...], _state: State) -> str:
    return "\t".join(words)


DEFAULT_PREFERENCE = Idiom(
    "list",
    "preference-tokens",
    Template(
        sources={
            "@T_words@": """
import android.preference.PreferenceManager;

class @T_words@ {
    static ArrayList<String> @m_all@(Context context) {
        ArrayList<String> words = new ArrayList<>();
        String packed = PreferenceManager.getDefaultSharedPreferences(context).getString("@k_words@", null);
        if (packed != null) {
            StringTokenizer tokens = new StringTokenizer(packed, "\\t");
            while (tokens.hasMoreTokens()) {
                words.add(tokens.nextToken());
            }
        }
        return words;
    }
}
"""
        },
        use="@T_words@.@m_all@({context})",
        outside=Outside(preferences={"@package@_preferences/@k_words@": _tabs}),
    ),
    held_back=True,
    origin="preference",
    undecidable=("remote_content",),
)

RAW_QUERY = Idiom(
    "list",
    "database-raw-query",
    Template(
        sources={
            "@T_words@": """
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;

final class @T_words@ {
    private final SQLiteDatabase @f_store@;

    @T_words@() {
        @f_store@ = SQLiteDatabase.openDatabase("/system/etc/@k_words@.db", null, SQLiteDatabase.OPEN_READONLY);
    }

    String[] @m_all@() {
        Cursor cursor = @f_store@.rawQuery("SELECT @k_column@ FROM @k_table@", null);
        String[] words = new String[cursor.getCount()];
        int at = 0;
        while (cursor.moveToNext()) {
            words[at++] = cursor.getString(0);
        }
        cursor.close();
        @f_store@.close();
        return words;
    }
}
"""
        },
        use="new @T_words@().@m_all@()",
        outside=Outside(files={"/system/etc/@k_words@.db": _rows}),
    ),
    held_back=True,
    origin="database",
    gives="String[]",
    undecidable=("remote_content",),
)

PROVIDER = Idiom(
    "list",
    "provider-as-set",
    Template(
        sources={
            "@T_words@": """
import android.content.ContentResolver;
import android.database.Cursor;
import android.net.Uri;

class @T_words@ {
    private static final String @f_authority@ = "org.example.@k_authority@";
    private final Set<String> @f_all@ = new HashSet<>();

    @T_words@(ContentResolver resolver) {
        Uri uri = Uri.parse("content://" + @f_authority@ + "/@k_table@");
        try (Cursor cursor = resolver.query(uri, null, null, null, "@k_column@ ASC")) {
            if (cursor != null && cursor.moveToFirst()) {
                int column = cursor.getColumnIndexOrThrow("@k_column@");
                do {
                    @f_all@.add(cursor.getString(column));
                } while (cursor.moveToNext());
            }
        }
    }

    Set<String> @m_all@() {
        return @f_all@;
    }
}
"""
        },
        use="new @T_words@({context}.getContentResolver()).@m_all@()",
        outside=Outside(providers={"content://org.example.@k_authority@/@k_table@": "@k_column@"}),
    ),
    held_back=True,
    origin="provider",
    gives="Set<String>",
    undecidable=("remote_content",),
)

PUSHED = Idiom(
    "list",
    "push-to-memory",
    Template(
        sources={
            "@T_words_push@": """
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;

public class @T_words_push@ extends FirebaseMessagingService {
    private static volatile List<String> @f_all@ = Collections.emptyList();

    @Override
    public void onMessageReceived(RemoteMessage message) {
        if (message.getData().containsKey("@k_words@")) {
            @m_take@(message.getData().get("@k_words@").split(","));
        }
    }

    private static void @m_take@(String[] words) {
        List<String> taken = new ArrayList<>(words.length);
        Collections.addAll(taken, words);
        @f_all@ = taken;
    }

    static List<String> @m_all@() {
        return @f_all@;
    }
}
""",
        },
        use="@T_words_push@.@m_all@()",
        manifest=messaging("@T_words_push@"),
        outside=Outside(push={"@k_words@": commas}),
        drive="Bench.deliver();",
    ),
    held_back=True,
    origin="pushed",
    remote=True,
)

IDIOMS = (DEFAULT_PREFERENCE, RAW_QUERY, PROVIDER, PUSHED)
