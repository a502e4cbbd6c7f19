"""Bridges over which the application that has the list sends it to the one that compares."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.bridges import BOOTED
from benchmarks.gatebench.idioms.manifests import receiver
from benchmarks.gatebench.idioms.matchers_plain import EACH
from benchmarks.gatebench.idioms.writing import Template

BROADCAST = Idiom(
    "bridge",
    "broadcast-of-other-app",
    Template(
        sources={
            "@T_bridge_reader@": """
public class @T_bridge_reader@ extends BroadcastReceiver {
    private static final List<String> @f_bridge@ = new ArrayList<>();

    @Override
    public void onReceive(Context context, Intent intent) {
        String[] words = intent.getStringArrayExtra("@k_bridge_word@");
        if (words != null) {
            @f_bridge@.clear();
            Collections.addAll(@f_bridge@, words);
        }
    }

    static List<String> @m_bridge@() {
        return @f_bridge@;
    }
}
"""
        },
        use="@T_bridge_reader@.@m_bridge@()",
        manifest=receiver("org.example.action.@k_bridge_rows@", name="@T_bridge_reader@"),
        other=Template(
            sources={
                "@T_bridge_owner@": """
public class @T_bridge_owner@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        List<String> words = new ArrayList<>();
        @L@ every = @words(context)@;
        for (String word : every) {
            words.add(word);
        }
        Intent told = new Intent("org.example.action.@k_bridge_rows@");
        told.setPackage("@bridge_to@");
        told.putExtra("@k_bridge_word@", words.toArray(new String[0]));
        context.sendBroadcast(told);
    }
}
"""
            },
            manifest=receiver("android.intent.action.BOOT_COMPLETED", name="@T_bridge_owner@"),
            drive=BOOTED,
            parts=lambda names, _wiring: {"bridge_to": names.other_package},
        ),
    ),
    held_back=True,
    takes=EACH,
)

SERVICE = Idiom(
    "bridge",
    "bound-service-of-other-app",
    Template(
        sources={
            "@T_bridge_reader@": """
final class @T_bridge_reader@ extends Handler implements ServiceConnection {
    private static volatile List<String> @f_bridge@ = Collections.emptyList();

    private @T_bridge_reader@() {
        super(Looper.getMainLooper());
    }

    static void @m_bridge_connect@(Context context) {
        Intent intent = new Intent();
        intent.setComponent(new ComponentName("@other_package@", "@other_package@.@T_bridge_owner@"));
        context.bindService(intent, new @T_bridge_reader@(), Context.BIND_AUTO_CREATE);
    }

    @Override
    public void onServiceConnected(ComponentName name, IBinder binder) {
        Message asked = Message.obtain(null, @n_bridge_1_40@);
        asked.replyTo = new Messenger(this);
        try {
            new Messenger(binder).send(asked);
        } catch (RemoteException cause) {
            android.util.Log.w("@T_bridge_reader@", cause);
        }
    }

    @Override
    public void onServiceDisconnected(ComponentName name) {
    }

    @Override
    public void handleMessage(Message answer) {
        List<String> words = answer.getData().getStringArrayList("@k_bridge_word@");
        if (words != null) {
            @f_bridge@ = words;
        }
    }

    static List<String> @m_bridge@() {
        return @f_bridge@;
    }
}
""",
            "@T_bridge_refresh@": """
public class @T_bridge_refresh@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        @T_bridge_reader@.@m_bridge_connect@(context.getApplicationContext());
    }
}
""",
        },
        use="@T_bridge_reader@.@m_bridge@()",
        manifest=receiver("android.intent.action.USER_PRESENT", name="@T_bridge_refresh@"),
        drive='Bench.broadcast(new Intent("android.intent.action.USER_PRESENT"));',
        other=Template(
            sources={
                "@T_bridge_owner@": """
public class @T_bridge_owner@ extends Service {
    @Override
    public IBinder onBind(Intent intent) {
        return new Messenger(new Handler(Looper.getMainLooper(), this::@m_bridge@)).getBinder();
    }

    private boolean @m_bridge@(Message asked) {
        if (asked.what != @n_bridge_1_40@ || asked.replyTo == null) {
            return false;
        }
        ArrayList<String> words = new ArrayList<>();
        @L@ every = @words(this)@;
        for (String word : every) {
            words.add(word);
        }
        Bundle data = new Bundle();
        data.putStringArrayList("@k_bridge_word@", words);
        Message answer = Message.obtain(null, asked.what);
        answer.setData(data);
        try {
            asked.replyTo.send(answer);
        } catch (RemoteException gone) {
            return false;
        }
        return true;
    }
}
"""
            },
            manifest=('<service android:name=".@T_bridge_owner@" android:exported="true" />',),
        ),
    ),
    held_back=True,
    takes=EACH,
)

IDIOMS = (BROADCAST, SERVICE)
