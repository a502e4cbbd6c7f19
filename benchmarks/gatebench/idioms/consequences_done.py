"""What is done about a text that matched: masked, hidden, told, reported, logged, kept, an installation refused."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.writing import Template

MASKED = Idiom(
    "consequence",
    "masked-by-stars",
    Template(
        sources={
            "@T_painter@": """
final class @T_painter@ {
    static void @m_paint@(Context context, String text) {
        String shown = text;
        if (@condition(context|text)@) {
            shown = text.replaceAll("\\\\p{L}", "*");
        }
        new TextView(context).setText(shown);
    }
}
"""
        },
        use="@T_painter@.@m_paint@({context}, {text});",
    ),
    consequences=("masked",),
    on_match=("show=**",),
)

MASKED_WORDS = Idiom(
    "consequence",
    "masked-letters",
    Template(
        sources={
            "@T_painter@": """
class @T_painter@ {
    private final TextView @f_line@;

    @T_painter@(TextView line) {
        this.@f_line@ = line;
    }

    void @m_paint@(String text, boolean hide) {
        if (!hide) {
            @f_line@.setText(text);
            return;
        }
        char[] stars = new char[text.length()];
        Arrays.fill(stars, '*');
        @f_line@.setText(new String(stars));
    }
}
"""
        },
        use="new @T_painter@(new TextView({context})).@m_paint@({text}, @condition({context}|{text})@);",
    ),
    held_back=True,
    consequences=("masked",),
    on_match=("show=**",),
)

HIDDEN = Idiom(
    "consequence",
    "view-gone",
    Template(
        use="TextView line = new TextView({context});\n"
        "line.setText({text});\n"
        "line.setVisibility(@condition({context}|{text})@ ? View.GONE : View.VISIBLE);",
    ),
    consequences=("hidden",),
    on_match=("hide",),
)

MESSAGE = Idiom(
    "consequence",
    "dialog",
    Template(
        use="if (@condition({context}|{text})@) {\n"
        "    new AlertDialog.Builder({context})\n"
        "            .setTitle(R.string.@k_notice@)\n"
        '            .setMessage({context}.getString(R.string.@k_notice@) + ": " + {text})\n'
        "            .show();\n"
        "}",
        strings={"@k_notice@": "Please mind the rules"},
    ),
    consequences=("message",),
    on_match=("dialog",),
)

NOTIFIED = Idiom(
    "consequence",
    "notification",
    Template(
        use="if (@condition({context}|{text})@) {\n"
        "    NotificationManager manager = (NotificationManager) {context}.getSystemService("
        "Context.NOTIFICATION_SERVICE);\n"
        "    manager.notify(@n_notice_1_900@, new Notification.Builder({context}).setContentText({text}).build());\n"
        "}",
    ),
    held_back=True,
    fits=("typed", "search", "clipboard", "intent", "sms", "url", "page", "screen", "contact", "call", "device"),
    consequences=("message",),
    on_match=("notification",),
)

REPORTED = Idiom(
    "consequence",
    "reported-by-post",
    Template(
        sources={
            "@T_reporter@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONException;
import org.json.JSONObject;

final class @T_reporter@ {
    static void @m_tell@(String text) {
        try {
            JSONObject event = new JSONObject();
            event.put("@k_event@", text);
            event.put("at", System.currentTimeMillis());
            HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_report@").openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(event.toString().getBytes(StandardCharsets.UTF_8));
            }
            connection.getResponseCode();
        } catch (IOException | JSONException cause) {
            Log.w("@T_reporter@", cause);
        }
    }
}
"""
        },
        use="if (@condition({context}|{text})@) {\n    @T_reporter@.@m_tell@({text});\n}",
        permissions=("android.permission.INTERNET",),
    ),
    consequences=("reported",),
    on_match=("network",),
)

REPORTED_URL = Idiom(
    "consequence",
    "reported-in-address",
    Template(
        sources={
            "@T_reporter@": """
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;

final class @T_reporter@ extends Thread {
    private final String @f_text@;

    @T_reporter@(String text) {
        super("@k_event@");
        this.@f_text@ = text;
    }

    @Override
    public void run() {
        try {
            String address = "https://@host@@p_report@?w=" + URLEncoder.encode(@f_text@, "UTF-8");
            ((HttpURLConnection) new URL(address).openConnection()).getResponseCode();
        } catch (IOException cause) {
            android.util.Log.d("@k_event@", "later");
        }
    }
}
"""
        },
        use="if (@condition({context}|{text})@) {\n    new @T_reporter@({text}).start();\n}",
        permissions=("android.permission.INTERNET",),
    ),
    held_back=True,
    consequences=("reported",),
    on_match=("network",),
)

LOGGED = Idiom(
    "consequence",
    "logged",
    Template(
        use='if (@condition({context}|{text})@) {\n    android.util.Log.i("@k_tag@", "@k_event@ " + {text});\n}',
    ),
    consequences=("logged",),
    on_match=("log",),
)

STORED = Idiom(
    "consequence",
    "stored-in-file",
    Template(
        sources={
            "@T_journal@": """
final class @T_journal@ {
    static void @m_note@(Context context, String text) {
        File file = new File(context.getFilesDir(), "@k_journal@.csv");
        try (FileWriter out = new FileWriter(file, true)) {
            out.append(Long.toString(System.currentTimeMillis())).append(';').append(text).append('\\n');
        } catch (IOException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
"""
        },
        use="if (@condition({context}|{text})@) {\n    @T_journal@.@m_note@({context}, {text});\n}",
    ),
    consequences=("stored",),
    on_match=("store",),
)

STORED_TABLE = Idiom(
    "consequence",
    "stored-in-table",
    Template(
        sources={
            "@T_journal@": """
import android.database.sqlite.SQLiteDatabase;
import android.database.sqlite.SQLiteOpenHelper;

class @T_journal@ extends SQLiteOpenHelper {
    @T_journal@(Context context) {
        super(context, "@k_journal@.db", null, 1);
    }

    @Override
    public void onCreate(SQLiteDatabase store) {
        store.execSQL("CREATE TABLE @k_journal@ (_id INTEGER PRIMARY KEY, @k_event@ TEXT)");
    }

    @Override
    public void onUpgrade(SQLiteDatabase store, int from, int to) {
    }

    void @m_note@(String text) {
        ContentValues row = new ContentValues(1);
        row.put("@k_event@", text);
        getWritableDatabase().insert("@k_journal@", null, row);
    }
}
"""
        },
        use="if (@condition({context}|{text})@) {\n    new @T_journal@({context}).@m_note@({text});\n}",
    ),
    held_back=True,
    consequences=("stored",),
    on_match=("store",),
)

INSTALL = Idiom(
    "consequence",
    "not-installed",
    Template(
        sources={
            "@T_installer@": """
import android.net.Uri;

final class @T_installer@ {
    static void @m_install@(Context context, String label) {
        if (@condition(context|label)@) {
            return;
        }
        Intent install = new Intent(Intent.ACTION_INSTALL_PACKAGE);
        install.setDataAndType(Uri.parse("file:///data/app/" + label + ".apk"),
                "application/vnd.android.package-archive");
        context.startActivity(install);
    }
}
"""
        },
        use="@T_installer@.@m_install@({context}, {text});",
        permissions=("android.permission.REQUEST_INSTALL_PACKAGES",),
    ),
    fits=("packages", "media"),
    consequences=("install",),
    on_plain=("install",),
)

IDIOMS = (
    MASKED,
    MASKED_WORDS,
    HIDDEN,
    MESSAGE,
    NOTIFIED,
    REPORTED,
    REPORTED_URL,
    LOGGED,
    STORED,
    STORED_TABLE,
    INSTALL,
)
