"""What does not happen to a text that matched: it is not stored, not sent, not shown, not opened."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.writing import Template

WRITTEN = ("typed", "clipboard", "intent", "search", "sms", "contact", "notification", "page", "screen", "push")
SHOWN = ("feed", "advertisement", "notification", "sms", "push", "media", "contact", "call", "packages", "page")
ADDRESSES = ("url",)

STORE = """
import android.util.Log;
import java.nio.charset.StandardCharsets;

final class @T_drafts@ {
    private static final String @f_name@ = "@k_drafts@.txt";

    static void @m_keep@(Context context, String text) {
        try (FileOutputStream out = context.openFileOutput(@f_name@, Context.MODE_APPEND)) {
            out.write((text + "\\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException cause) {
            Log.w("@T_drafts@", cause);
        }
    }
}
"""

REFUSED = Idiom(
    "consequence",
    "not-stored",
    Template(
        sources={"@T_drafts@": STORE},
        use="if (@condition({context}|{text})@) {\n    return;\n}\n@T_drafts@.@m_keep@({context}, {text});",
    ),
    fits=WRITTEN,
    consequences=("refused",),
    on_plain=("store",),
)

REFUSED_MESSAGE = Idiom(
    "consequence",
    "not-stored-with-toast",
    Template(
        sources={"@T_drafts@": STORE},
        use="if (@condition({context}|{text})@) {\n"
        "    Toast.makeText({context}, R.string.@k_refusal@, Toast.LENGTH_LONG).show();\n"
        "} else {\n"
        "    @T_drafts@.@m_keep@({context}, {text});\n"
        "}",
        strings={"@k_refusal@": "This text cannot be saved."},
    ),
    fits=("typed", "search", "intent", "clipboard"),
    consequences=("message", "refused"),
    on_match=("toast",),
    on_plain=("store",),
)

PREFERENCE = Idiom(
    "consequence",
    "not-kept-as-preference",
    Template(
        sources={
            "@T_profile@": """
final class @T_profile@ {
    private final SharedPreferences @f_store@;

    @T_profile@(Context context) {
        @f_store@ = context.getSharedPreferences("@k_profile@", Context.MODE_PRIVATE);
    }

    boolean @m_accept@(Context context, String status) {
        boolean bad = @condition(context|status)@;
        if (!bad) {
            @f_store@.edit().putString("@k_status@", status).apply();
        }
        return !bad;
    }
}
"""
        },
        use="new @T_profile@({context}).@m_accept@({context}, {text});",
    ),
    fits=WRITTEN,
    consequences=("refused",),
    on_plain=("store",),
)

SENT = Idiom(
    "consequence",
    "not-sent-as-sms",
    Template(
        sources={
            "@T_sender@": """
import android.telephony.SmsManager;

final class @T_sender@ {
    private static final String @f_number@ = "+3706@n_number_1000000_9999999@";

    static void @m_send@(String text) {
        SmsManager.getDefault().sendTextMessage(@f_number@, null, text, null, null);
    }
}
"""
        },
        use="if (!@condition({context}|{text})@) {\n    @T_sender@.@m_send@({text});\n}",
        permissions=("android.permission.SEND_SMS",),
    ),
    fits=("typed", "intent", "clipboard"),
    consequences=("refused",),
    on_plain=("sms",),
)

EXCEPTION = Idiom(
    "consequence",
    "refused-by-exception",
    Template(
        sources={
            "@T_refused@": """
class @T_refused@ extends Exception {
    @T_refused@(String message) {
        super(message);
    }
}
""",
            "@T_drafts@": STORE,
            "@T_checker@": """
final class @T_checker@ {
    static String @m_checked@(Context context, String text) throws @T_refused@ {
        if (@condition(context|text)@) {
            throw new @T_refused@("@k_refusal@");
        }
        return text;
    }
}
""",
        },
        use="try {\n    @T_drafts@.@m_keep@({context}, @T_checker@.@m_checked@({context}, {text}));\n"
        "} catch (@T_refused@ refused) {\n"
        "    new AlertDialog.Builder({context}).setMessage(refused.getMessage()).show();\n}",
    ),
    held_back=True,
    fits=("typed", "search", "intent", "clipboard"),
    consequences=("message", "refused"),
    on_match=("dialog",),
    on_plain=("store",),
)

DROPPED = Idiom(
    "consequence",
    "not-added",
    Template(
        sources={
            "@T_rows@": """
final class @T_rows@ {
    private static final List<String> @f_rows@ = new ArrayList<>();

    static void @m_offer@(Context context, String row) {
        if (@condition(context|row)@) {
            return;
        }
        @f_rows@.add(row);
        new ListView(context).setAdapter(new ArrayAdapter<>(context, 17367043, @f_rows@));
    }
}
"""
        },
        use="@T_rows@.@m_offer@({context}, {text});",
    ),
    fits=SHOWN,
    consequences=("dropped",),
    on_plain=("show",),
)

REMOVED = Idiom(
    "consequence",
    "removed-from-list",
    Template(
        use="List<String> shown = new ArrayList<>(Collections.singletonList({text}));\n"
        "shown.removeIf(row -> @condition({context}|row)@);\n"
        "ArrayAdapter<String> adapter = new ArrayAdapter<>({context}, 17367043);\n"
        "adapter.addAll(shown);",
    ),
    held_back=True,
    fits=SHOWN,
    consequences=("dropped",),
    on_plain=("show",),
)

VIEWED = Idiom(
    "consequence",
    "address-not-opened",
    Template(
        use="if (@condition({context}|{text})@) {\n    return;\n}\n"
        "{context}.startActivity(new Intent(Intent.ACTION_VIEW, android.net.Uri.parse({text}))"
        ".setFlags(Intent.FLAG_ACTIVITY_NEW_TASK));",
    ),
    fits=ADDRESSES,
    consequences=("navigation",),
    on_plain=("navigate",),
)

LOADED = Idiom(
    "consequence",
    "page-not-loaded",
    Template(
        sources={
            "@T_browser@": """
import android.webkit.WebView;

class @T_browser@ {
    private final WebView @f_page@;

    @T_browser@(Context context) {
        @f_page@ = new WebView(context);
    }

    void @m_go@(Context context, String address) {
        String target = @condition(context|address)@ ? "about:blank" : address;
        @f_page@.loadUrl(target);
    }
}
"""
        },
        use="new @T_browser@({context}).@m_go@({context}, {text});",
    ),
    held_back=True,
    fits=ADDRESSES,
    consequences=("navigation",),
    on_plain=("navigate=example",),
)

CONNECTION = Idiom(
    "consequence",
    "connection-not-made",
    Template(
        sources={
            "@T_fetcher@": """
import java.net.HttpURLConnection;
import java.net.URL;

final class @T_fetcher@ {
    static int @m_fetch@(Context context, String address) {
        if (@condition(context|address)@) {
            return -1;
        }
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
            connection.connect();
            return connection.getResponseCode();
        } catch (IOException cause) {
            return 0;
        }
    }
}
"""
        },
        use="@T_fetcher@.@m_fetch@({context}, {text});",
    ),
    fits=ADDRESSES,
    consequences=("connection",),
    on_plain=("network",),
)

IDIOMS = (REFUSED, REFUSED_MESSAGE, PREFERENCE, SENT, EXCEPTION, DROPPED, REMOVED, VIEWED, LOADED, CONNECTION)
