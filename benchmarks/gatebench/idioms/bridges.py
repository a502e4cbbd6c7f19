"""Bridges between two applications: one has the list, the other asks for it and compares.

What the list of such a specimen is, is what it is in the application that has it: both lie before whoever examines.
"""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import receiver
from benchmarks.gatebench.idioms.matchers_plain import EACH
from benchmarks.gatebench.idioms.writing import Template

EXPORTED = (
    '<provider android:name=".@T_bridge_owner@" android:authorities="org.example.@k_bridge_owner@" '
    'android:exported="true" />'
)
BOOTED = 'Bench.broadcast(new Intent("android.intent.action.BOOT_COMPLETED"));'

PROVIDER = Idiom(
    "bridge",
    "provider-of-other-app",
    Template(
        sources={
            "@T_bridge_reader@": """
import android.database.Cursor;
import android.net.Uri;

final class @T_bridge_reader@ {
    private static final Uri @f_bridge@ = Uri.parse("content://org.example.@k_bridge_owner@/@k_bridge_rows@");

    static List<String> @m_bridge@(Context context) {
        List<String> words = new ArrayList<>();
        Cursor cursor = context.getContentResolver().query(@f_bridge@, null, null, null, null);
        if (cursor == null) {
            return words;
        }
        try {
            while (cursor.moveToNext()) {
                words.add(cursor.getString(cursor.getColumnIndex("@k_bridge_word@")));
            }
        } finally {
            cursor.close();
        }
        return words;
    }
}
"""
        },
        use="@T_bridge_reader@.@m_bridge@({context})",
        other=Template(
            sources={
                "@T_bridge_owner@": """
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;

public class @T_bridge_owner@ extends ContentProvider {
    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order) {
        MatrixCursor rows = new MatrixCursor(new String[] {"@k_bridge_word@"});
        @L@ every = @words(getContext())@;
        for (String word : every) {
            rows.addRow(new Object[] {word});
        }
        return rows;
    }

    @Override
    public String getType(Uri uri) {
        return "vnd.android.cursor.dir/vnd.@k_bridge_word@";
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int delete(Uri uri, String where, String[] arguments) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] arguments) {
        return 0;
    }
}
"""
            },
            manifest=(EXPORTED,),
        ),
    ),
    takes=EACH,
)

FILE = Idiom(
    "bridge",
    "file-of-other-app",
    Template(
        sources={
            "@T_bridge_reader@": """
final class @T_bridge_reader@ {
    static List<String> @m_bridge@() {
        List<String> words = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new FileReader("/sdcard/@k_bridge_place@/@k_bridge_rows@.txt"))) {
            String line = in.readLine();
            while (line != null) {
                words.add(line.trim());
                line = in.readLine();
            }
        } catch (IOException none) {
            words.clear();
        }
        return words;
    }
}
"""
        },
        use="@T_bridge_reader@.@m_bridge@()",
        permissions=("android.permission.READ_EXTERNAL_STORAGE",),
        other=Template(
            sources={
                "@T_bridge_owner@": """
public class @T_bridge_owner@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        File place = new File("/sdcard/@k_bridge_place@");
        place.mkdirs();
        try (FileWriter out = new FileWriter("/sdcard/@k_bridge_place@/@k_bridge_rows@.txt")) {
            @L@ every = @words(context)@;
            for (String word : every) {
                out.write(word + "\\n");
            }
        } catch (IOException cause) {
            android.util.Log.w("@T_bridge_owner@", cause);
        }
    }
}
"""
            },
            manifest=receiver("android.intent.action.BOOT_COMPLETED", name="@T_bridge_owner@"),
            permissions=("android.permission.WRITE_EXTERNAL_STORAGE",),
            drive=BOOTED,
        ),
    ),
    takes=EACH,
)

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

IDIOMS = (PROVIDER, FILE, BROADCAST, SERVICE)
