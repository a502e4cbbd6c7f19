"""More of what is done about a text that matched: told at its field, passed on, rows removed, entries disabled."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.consequences_refused import ADDRESSES
from benchmarks.gatebench.idioms.writing import Template

ERROR = Idiom(
    "consequence",
    "error-at-the-field",
    Template(
        use="EditText field = new EditText({context});\n"
        "field.setError(@condition({context}|{text})@ ? {context}.getText(R.string.@k_refusal@) : null);",
        strings={"@k_refusal@": "These words are not allowed"},
    ),
    fits=("typed", "search"),
    consequences=("message",),
    on_match=("error=allowed",),
)

SPOKEN = Idiom(
    "consequence",
    "spoken-warning",
    Template(
        sources={
            "@T_voice@": """
import android.speech.tts.TextToSpeech;

final class @T_voice@ {
    private final TextToSpeech @f_engine@;

    @T_voice@(Context context) {
        @f_engine@ = new TextToSpeech(context, status -> android.util.Log.v("@k_voice@", "ready"));
    }

    void @m_say@(boolean needed) {
        if (needed) {
            @f_engine@.speak("@k_warning@", TextToSpeech.QUEUE_FLUSH, null, "@k_voice@");
        }
    }
}
"""
        },
        use="new @T_voice@({context}).@m_say@(@condition({context}|{text})@);",
    ),
    held_back=True,
    consequences=("message",),
    on_match=("speak",),
)

BROADCAST = Idiom(
    "consequence",
    "passed-on-by-broadcast",
    Template(
        sources={
            "@T_envelope@": """
final class @T_envelope@ {
    static Intent @m_wrap@(String text) {
        Intent intent = new Intent("org.example.action.@k_event@");
        intent.setPackage("org.example.@k_collector@");
        intent.putExtra("@k_value@", text);
        return intent;
    }
}
"""
        },
        use="if (@condition({context}|{text})@) {\n    {context}.sendBroadcast(@T_envelope@.@m_wrap@({text}));\n}",
    ),
    consequences=("reported",),
    on_match=("broadcast",),
)

REMOVED_IF = Idiom(
    "consequence",
    "rows-removed-if",
    Template(
        sources={
            "@T_rows@": """
class @T_rows@ extends BaseAdapter {
    private final List<String> @f_rows@ = new ArrayList<>();

    static void @m_fill@(Context context, List<String> rows) {
        @T_rows@ adapter = new @T_rows@();
        adapter.@f_rows@.addAll(rows);
        adapter.@f_rows@.removeIf(row -> @condition(context|row)@);
        for (int at = 0; at < adapter.getCount(); at++) {
            adapter.getView(at, new TextView(context), null);
        }
    }

    @Override
    public int getCount() {
        return @f_rows@.size();
    }

    @Override
    public Object getItem(int at) {
        return @f_rows@.get(at);
    }

    @Override
    public long getItemId(int at) {
        return at;
    }

    @Override
    public View getView(int at, View old, ViewGroup parent) {
        ((TextView) old).setText(@f_rows@.get(at));
        return old;
    }
}
"""
        },
        use="@T_rows@.@m_fill@({context}, Collections.singletonList({text}));",
    ),
    fits=("feed", "notification", "sms", "push", "media", "contact", "call", "packages"),
    consequences=("dropped",),
    on_plain=("show",),
)

DISABLED = Idiom(
    "consequence",
    "application-disabled",
    Template(
        sources={
            "@T_keeper@": """
import android.content.pm.PackageManager;

final class @T_keeper@ {
    static void @m_look@(Context context, String name) {
        int wanted = PackageManager.COMPONENT_ENABLED_STATE_ENABLED;
        if (@condition(context|name)@) {
            wanted = PackageManager.COMPONENT_ENABLED_STATE_DISABLED;
        }
        context.getPackageManager().setApplicationEnabledSetting(name, wanted, 0);
    }
}
"""
        },
        use="@T_keeper@.@m_look@({context}, {text});",
    ),
    held_back=True,
    fits=("packages",),
    consequences=("hidden",),
    on_match=("hide",),
)

SESSION = Idiom(
    "consequence",
    "install-session-abandoned",
    Template(
        sources={
            "@T_installer@": """
import android.content.pm.PackageInstaller;

final class @T_installer@ {
    static void @m_install@(Context context, String name) {
        try {
            PackageInstaller installer = context.getPackageManager().getPackageInstaller();
            PackageInstaller.SessionParams parameters =
                    new PackageInstaller.SessionParams(PackageInstaller.SessionParams.MODE_FULL_INSTALL);
            parameters.setAppPackageName("org.example.@k_part@");
            PackageInstaller.Session session = installer.openSession(installer.createSession(parameters));
            if (@condition(context|name)@) {
                session.abandon();
            } else {
                session.commit(PendingIntent.getBroadcast(context, 0, new Intent("@k_done@"), 0).getIntentSender());
            }
        } catch (IOException cause) {
            android.util.Log.w("@T_installer@", cause);
        }
    }
}
"""
        },
        use="@T_installer@.@m_install@({context}, {text});",
        permissions=("android.permission.REQUEST_INSTALL_PACKAGES",),
    ),
    held_back=True,
    fits=("packages", "media"),
    consequences=("install",),
    on_plain=("install",),
)

NOT_ENQUEUED = Idiom(
    "consequence",
    "request-not-enqueued",
    Template(
        sources={
            "@T_fetcher@": """
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

final class @T_fetcher@ implements Callback {
    private static final OkHttpClient @f_client@ = new OkHttpClient();

    static void @m_fetch@(Context context, String address) {
        Call call = @f_client@.newCall(new Request.Builder().url(address).build());
        boolean wanted = !@condition(context|address)@;
        if (wanted) {
            call.enqueue(new @T_fetcher@());
        }
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
        response.body().string();
    }

    @Override
    public void onFailure(Call call, IOException cause) {
        android.util.Log.v("@T_fetcher@", "later");
    }
}
"""
        },
        use="@T_fetcher@.@m_fetch@({context}, {text});",
        libraries=("okhttp3",),
        permissions=("android.permission.INTERNET",),
    ),
    held_back=True,
    fits=ADDRESSES,
    consequences=("connection",),
    on_plain=("network",),
)

IDIOMS = (ERROR, SPOKEN, BROADCAST, REMOVED_IF, DISABLED, SESSION, NOT_ENQUEUED)
