"""Consequences in several parts, and more ways of telling, reporting and keeping."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.consequences_refused import STORE, WRITTEN
from benchmarks.gatebench.idioms.writing import Template

KEEP = "@T_drafts@.@m_keep@({context}, {text});"

REPORTED_REFUSED = Idiom(
    "consequence",
    "refused-and-reported",
    Template(
        sources={
            "@T_drafts@": STORE,
            "@T_reporter@": """
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

final class @T_reporter@ {
    static void @m_tell@(String text) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("http://@host@@p_report@").openConnection();
            connection.setDoOutput(true);
            Writer out = new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.UTF_8);
            out.write("kind=@k_event@&value=" + text);
            out.close();
            connection.getInputStream().close();
        } catch (IOException cause) {
            android.util.Log.d("@k_event@", "not told");
        }
    }
}
""",
        },
        use="if (@condition({context}|{text})@) {\n    @T_reporter@.@m_tell@({text});\n    return;\n}\n" + KEEP,
        permissions=("android.permission.INTERNET",),
    ),
    fits=WRITTEN,
    consequences=("reported", "refused"),
    on_match=("network",),
    on_plain=("store",),
)

LOGGED_DROPPED = Idiom(
    "consequence",
    "dropped-and-logged",
    Template(
        use="if (@condition({context}|{text})@) {\n"
        '    android.util.Log.w("@k_tag@", String.format("%s: %s", "@k_event@", {text}));\n'
        "} else {\n"
        "    List<String> shown = new ArrayList<>();\n"
        "    shown.add({text});\n"
        "    new ListView({context}).setAdapter(new ArrayAdapter<>({context}, 17367043, shown));\n"
        "}",
    ),
    held_back=True,
    fits=("feed", "notification", "sms", "push", "media", "contact", "call", "packages"),
    consequences=("dropped", "logged"),
    on_match=("log",),
    on_plain=("show",),
)

REPORTED_SMS = Idiom(
    "consequence",
    "reported-by-sms",
    Template(
        use="if (@condition({context}|{text})@) {\n"
        '    android.telephony.SmsManager.getDefault().sendTextMessage("+3706@n_number_1000000_9999999@", null,\n'
        '            "@k_event@:" + {text}, null, null);\n'
        "}",
        permissions=("android.permission.SEND_SMS",),
    ),
    held_back=True,
    consequences=("reported",),
    on_match=("sms",),
)

SPOKEN = Idiom(
    "consequence",
    "toast-only",
    Template(
        use="boolean found = @condition({context}|{text})@;\n"
        'String notice = found ? {context}.getString(R.string.@k_notice@) : "";\n'
        "if (!notice.isEmpty()) {\n    Toast.makeText({context}, notice, Toast.LENGTH_SHORT).show();\n}",
        strings={"@k_notice@": "This may offend other people."},
    ),
    consequences=("message",),
    on_match=("toast",),
)


KEPT_PREFERENCE = Idiom(
    "consequence",
    "last-match-kept",
    Template(
        sources={
            "@T_journal@": """
import org.json.JSONException;
import org.json.JSONObject;

final class @T_journal@ {
    static void @m_note@(Context context, String text) {
        JSONObject entry = new JSONObject();
        try {
            entry.put("@k_event@", text);
            entry.put("n", 1);
        } catch (JSONException cause) {
            return;
        }
        context.getSharedPreferences("@k_journal@", Context.MODE_PRIVATE).edit()
                .putString("@k_last@", entry.toString()).apply();
    }
}
"""
        },
        use="if (@condition({context}|{text})@) {\n    @T_journal@.@m_note@({context}, {text});\n}",
    ),
    consequences=("stored",),
    on_match=("store",),
)

IDIOMS = (REPORTED_REFUSED, LOGGED_DROPPED, REPORTED_SMS, SPOKEN, KEPT_PREFERENCE)
