"""Plumbing by which a text or a list is handed over: extras, messengers, strings built and split, events."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.carrying import decide, start
from benchmarks.gatebench.idioms.manifests import messaging, receiver
from benchmarks.gatebench.idioms.plumbing_calls import ask
from benchmarks.gatebench.idioms.plumbing_words import words
from benchmarks.gatebench.idioms.writing import Template

EXTRAS = decide(
    "activity-with-bundle",
    {
        "@T_detail@": """
public class @T_detail@ extends Activity {
    static void @m_show@(Context context, String text) {
        Bundle extras = new Bundle();
        extras.putString("@k_extra@", text);
        extras.putInt("@k_rank@", 3);
        Intent intent = new Intent(context, @T_detail@.class);
        intent.putExtra("@k_extras@", extras);
        intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK);
        context.startActivity(intent);
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Bundle extras = getIntent().getBundleExtra("@k_extras@");
        if (extras != null && extras.getInt("@k_rank@") > 0) {
            String text = extras.getString("@k_extra@");
            @run(this|text)@
        }
    }
}
"""
    },
    "@T_detail@.@m_show@({context}, {text});",
    manifest=('<activity android:name=".@T_detail@" />',),
)

MESSENGER = decide(
    "messenger-of-other-process",
    {
        "@T_remote@": """
public class @T_remote@ extends Service {
    static final int WHAT = @n_what_2_90@;

    private static final class @T_inbox@ extends Handler {
        private final Context @f_context@;

        @T_inbox@(Context context) {
            super(Looper.getMainLooper());
            @f_context@ = context;
        }

        @Override
        public void handleMessage(Message message) {
            if (message.what == WHAT) {
                String text = message.getData().getString("@k_extra@");
                @run(@f_context@|text)@
            }
        }
    }

    @Override
    public IBinder onBind(Intent intent) {
        return new Messenger(new @T_inbox@(this)).getBinder();
    }
}
""",
        "@T_link@": """
final class @T_link@ implements ServiceConnection {
    private final String @f_text@;

    private @T_link@(String text) {
        @f_text@ = text;
    }

    static void @m_send@(Context context, String text) {
        context.bindService(new Intent(context, @T_remote@.class), new @T_link@(text), Context.BIND_AUTO_CREATE);
    }

    @Override
    public void onServiceConnected(ComponentName name, IBinder binder) {
        Message message = Message.obtain(null, @T_remote@.WHAT);
        Bundle data = new Bundle();
        data.putString("@k_extra@", @f_text@);
        message.setData(data);
        try {
            new Messenger(binder).send(message);
        } catch (RemoteException cause) {
            android.util.Log.w("@T_link@", cause);
        }
    }

    @Override
    public void onServiceDisconnected(ComponentName name) {
    }
}
""",
    },
    "@T_link@.@m_send@({context}, {text});",
    manifest=('<service android:name=".@T_remote@" android:process=":@k_process@" />',),
)

BUILT = ask(
    "built-and-split-again",
    {
        "@T_line@": """
final class @T_line@ {
    private static final char @f_mark@ = '\\u0001';

    static String @m_pack@(String kind, String text) {
        return new StringBuilder().append(kind).append(@f_mark@).append(text).append(@f_mark@).append(3).toString();
    }

    static boolean @m_read@(Context context, String packed) {
        String[] parts = packed.split(String.valueOf(@f_mark@));
        if (parts.length != 3 || !"@k_kind@".equals(parts[0])) {
            return false;
        }
        String text = parts[1];
        return @ask(context|text)@;
    }
}
"""
    },
    '@T_line@.@m_read@({context}, @T_line@.@m_pack@("@k_kind@", {text}))',
)

PARSED = ask(
    "address-built-and-parsed",
    {
        "@T_address@": """
import android.net.Uri;

final class @T_address@ {
    static boolean @m_follow@(Context context, Uri address) {
        String text = Uri.decode(address.getFragment());
        return text != null && @ask(context|text)@;
    }

    static Uri @m_make@(String text) {
        return Uri.parse("@k_scheme@://@k_place@#" + Uri.encode(text));
    }
}
"""
    },
    "@T_address@.@m_follow@({context}, @T_address@.@m_make@({text}))",
    held_back=True,
)

LISTENED = decide(
    "preference-change-listener",
    {
        "@T_watch@": """
final class @T_watch@ implements SharedPreferences.OnSharedPreferenceChangeListener {
    private static @T_watch@ @f_kept@;
    private final Context @f_context@;

    private @T_watch@(Context context) {
        @f_context@ = context;
    }

    static void @m_post@(Context context, String text) {
        SharedPreferences store = context.getSharedPreferences("@k_queue@", Context.MODE_PRIVATE);
        if (@f_kept@ == null) {
            @f_kept@ = new @T_watch@(context.getApplicationContext());
            store.registerOnSharedPreferenceChangeListener(@f_kept@);
        }
        store.edit().putString("@k_waiting@", text).apply();
    }

    @Override
    public void onSharedPreferenceChanged(SharedPreferences store, String key) {
        if ("@k_waiting@".equals(key)) {
            String text = store.getString(key, "");
            @run(@f_context@|text)@
        }
    }
}
"""
    },
    "@T_watch@.@m_post@({context}, {text});",
    held_back=True,
)

REPOSITORY = words(
    "generic-repository",
    {
        "@T_repository@": """
abstract class @T_repository@<K, V> {
    private final Map<K, V> @f_cache@ = new TreeMap<>();

    V @m_find@(Context context, K key) {
        V there = @f_cache@.get(key);
        if (there == null) {
            there = @m_fresh@(context, key);
            @f_cache@.put(key, there);
        }
        return there;
    }

    abstract V @m_fresh@(Context context, K key);
}
""",
        "@T_kept@": """
final class @T_kept@ extends @T_repository@<String, @L@> {
    @Override
    @L@ @m_fresh@(Context context, String key) {
        return @words(context)@;
    }
}
""",
    },
    'new @T_kept@().@m_find@({context}, "@k_entries@")',
)

BUNDLE = Idiom(
    "plumbing",
    "words-in-extras",
    Template(
        sources={
            "@T_parcel@": """
final class @T_parcel@ {
    static Intent @m_make@(Context context) {
        Intent intent = new Intent(context.getPackageName() + ".@k_action@");
        intent.putStringArrayListExtra("@k_entries@", new ArrayList<>(@words(context)@));
        return intent;
    }

    static ArrayList<String> @m_read@(Intent intent) {
        ArrayList<String> there = intent.getStringArrayListExtra("@k_entries@");
        return there == null ? new ArrayList<String>() : there;
    }
}
"""
        },
        use="@T_parcel@.@m_read@(@T_parcel@.@m_make@({context}))",
    ),
    carries="words",
    takes=("List<String>",),
)


def _at(name: str, sources: dict[str, str], *, manifest: tuple[str, ...], drive: str, held_back: bool = False) -> Idiom:
    """Return the plumbing of a start that the application does not make itself: the system does."""
    made = start(name, sources, "", held_back=held_back, manifest=manifest).make
    assert isinstance(made, Template)
    template = Template(sources=made.sources, manifest=made.manifest, drive=drive)
    return Idiom("plumbing", f"{name}-start", template, held_back=held_back, carries="start")


BOOT = _at(
    "boot-receiver",
    {
        "@T_boot@": """
public class @T_boot@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        if (Intent.ACTION_BOOT_COMPLETED.equals(intent.getAction())) {
            @run(context|"")@
        }
    }
}
"""
    },
    manifest=receiver("android.intent.action.BOOT_COMPLETED", name="@T_boot@"),
    drive="Bench.broadcast(new Intent(Intent.ACTION_BOOT_COMPLETED));",
)

PUSHED = _at(
    "push-asks-for-update",
    {
        "@T_push@": """
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;

public class @T_push@ extends FirebaseMessagingService {
    @Override
    public void onMessageReceived(RemoteMessage message) {
        if (message.getData().containsKey("@k_update@")) {
            @run(this|"")@
        }
    }
}
"""
    },
    manifest=messaging("@T_push@"),
    drive='Bench.push("@k_start_update@", "1");',
    held_back=True,
)

IDIOMS = (EXTRAS, MESSENGER, BUILT, PARSED, LISTENED, REPOSITORY, BUNDLE, BOOT, PUSHED)
