"""Texts that other applications or the clipboard hand over, and messages pushed by a server."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity, messaging, receiver, service
from benchmarks.gatebench.idioms.writing import Template

SEND = Idiom(
    "text",
    "shared-intent",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Intent intent = getIntent();
        if (Intent.ACTION_SEND.equals(intent.getAction())) {
            String shared = intent.getStringExtra(Intent.EXTRA_TEXT);
            if (shared != null) {
                @decide(this|shared)@
            }
        }
    }
}
"""
        },
        manifest=activity("android.intent.action.SEND", more='<data android:mimeType="text/plain" />'),
        drive='Bench.open(@T_screen@.class, new Intent(Intent.ACTION_SEND).setType("text/plain")'
        ".putExtra(Intent.EXTRA_TEXT, text));",
    ),
    origin="intent",
)

EXTRA = Idiom(
    "text",
    "broadcast-extra",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends BroadcastReceiver {
    static final String ACTION = "org.example.action.@k_action@";

    @Override
    public void onReceive(Context context, Intent intent) {
        if (!ACTION.equals(intent.getAction()) || !intent.hasExtra("@k_extra@")) {
            return;
        }
        Bundle extras = intent.getExtras();
        String given = extras.getString("@k_extra@");
        @decide(context|given)@
    }
}
"""
        },
        manifest=receiver("org.example.action.@k_action@"),
        drive='Bench.broadcast(new Intent("org.example.action.@k_action@").putExtra("@k_extra@", text));',
    ),
    held_back=True,
    origin="intent",
)

CLIP = Idiom(
    "text",
    "clipboard-listener",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Service implements ClipboardManager.OnPrimaryClipChangedListener {
    private ClipboardManager @f_clipboard@;

    @Override
    public void onCreate() {
        super.onCreate();
        @f_clipboard@ = (ClipboardManager) getSystemService(Context.CLIPBOARD_SERVICE);
        @f_clipboard@.addPrimaryClipChangedListener(this);
    }

    @Override
    public void onPrimaryClipChanged() {
        ClipData clip = @f_clipboard@.getPrimaryClip();
        if (clip == null || clip.getItemCount() == 0) {
            return;
        }
        CharSequence copied = clip.getItemAt(0).getText();
        if (copied != null) {
            String plain = copied.toString();
            @decide(this|plain)@
        }
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
"""
        },
        manifest=service("org.example.action.@k_action@"),
        drive="Bench.service(new Intent(context, @T_screen@.class));\nBench.clip(text);",
    ),
    origin="clipboard",
)

PASTE = Idiom(
    "text",
    "clipboard-on-resume",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        ClipboardManager clipboard = (ClipboardManager) getSystemService(CLIPBOARD_SERVICE);
        if (clipboard.hasPrimaryClip()) {
            String found = clipboard.getPrimaryClip().getItemAt(0).coerceToText(this).toString();
            @decide(this|found)@
        }
    }
}
"""
        },
        manifest=activity(),
        drive="Bench.clip(text);\nBench.open(@T_screen@.class);",
    ),
    held_back=True,
    origin="clipboard",
)

PUSH = Idiom(
    "text",
    "push-message",
    Template(
        sources={
            "@T_screen@": """
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;

public class @T_screen@ extends FirebaseMessagingService {
    @Override
    public void onMessageReceived(RemoteMessage message) {
        String headline = message.getData().get("@k_headline@");
        if (headline != null) {
            @decide(this|headline)@
        }
    }
}
"""
        },
        manifest=messaging(),
        drive='Bench.push("@k_headline@", text);',
    ),
    origin="push",
)

IDIOMS = (SEND, EXTRA, CLIP, PASTE, PUSH)
