"""Texts of the device and of servers, read in other ways."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity, receiver, service
from benchmarks.gatebench.idioms.writing import Template

PHONES = Idiom(
    "text",
    "contact-of-phones",
    Template(
        sources={
            "@T_screen@": """
import android.database.Cursor;
import android.provider.ContactsContract;

public class @T_screen@ extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        Map<String, String> people = new LinkedHashMap<>();
        Cursor cursor = getContentResolver().query(
                ContactsContract.CommonDataKinds.Phone.CONTENT_URI, null, null, null, null);
        while (cursor != null && cursor.moveToNext()) {
            people.put(cursor.getString(cursor.getColumnIndex(ContactsContract.CommonDataKinds.Phone.NUMBER)),
                    cursor.getString(cursor.getColumnIndex(ContactsContract.CommonDataKinds.Phone.DISPLAY_NAME)));
        }
        for (String person : people.values()) {
            @decide(this|person)@
        }
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
"""
        },
        manifest=service("org.example.action.@k_action@"),
        permissions=("android.permission.READ_CONTACTS",),
        drive="Bench.row(android.provider.ContactsContract.CommonDataKinds.Phone.CONTENT_URI.toString(),\n"
        '    android.provider.ContactsContract.CommonDataKinds.Phone.NUMBER, "+37060000003",\n'
        "    android.provider.ContactsContract.CommonDataKinds.Phone.DISPLAY_NAME, text);\n"
        "Bench.service(new Intent(context, @T_screen@.class));",
    ),
    held_back=True,
    origin="contact",
)

CALLERS = Idiom(
    "text",
    "call-log-listed",
    Template(
        sources={
            "@T_screen@": """
import android.database.Cursor;
import android.provider.CallLog.Calls;

public class @T_screen@ extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        for (String name : @m_names@()) {
            @decide(this|name)@
        }
    }

    private List<String> @m_names@() {
        List<String> names = new ArrayList<>();
        String[] columns = {Calls.CACHED_NAME};
        Cursor calls = getContentResolver().query(Calls.CONTENT_URI, columns, null, null, null);
        try {
            while (calls.moveToNext()) {
                names.add(calls.getString(0));
            }
        } finally {
            calls.close();
        }
        return names;
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_CALL_LOG",),
        drive="Bench.row(android.provider.CallLog.Calls.CONTENT_URI.toString(),\n"
        "    android.provider.CallLog.Calls.CACHED_NAME, text);\n"
        "Bench.open(@T_screen@.class);",
    ),
    held_back=True,
    origin="call",
)

NAMED = Idiom(
    "text",
    "device-name",
    Template(
        sources={
            "@T_screen@": """

public class @T_screen@ extends IntentService {
    public @T_screen@() {
        super("@k_service@");
    }

    @Override
    protected void onHandleIntent(Intent intent) {
        String name = Build.MODEL;
        if (name != null && name.length() > 1) {
            @decide(this|name)@
        }
    }
}
"""
        },
        manifest=service("org.example.action.@k_action@"),
        drive="Bench.model(text);\nBench.service(new Intent(context, @T_screen@.class));",
    ),
    held_back=True,
    origin="device",
)

PLACE = Idiom(
    "text",
    "location-of-network",
    Template(
        sources={
            "@T_place@": """
import android.location.Address;
import android.location.Geocoder;
import android.location.Location;
import android.location.LocationManager;

final class @T_place@ {
    static String @m_town@(Context context) throws IOException {
        LocationManager manager = context.getSystemService(LocationManager.class);
        Location here = manager.getLastKnownLocation(LocationManager.NETWORK_PROVIDER);
        if (here == null) {
            return "";
        }
        Geocoder geocoder = new Geocoder(context);
        for (Address address : geocoder.getFromLocation(here.getLatitude(), here.getLongitude(), 3)) {
            if (address.getLocality() != null) {
                return address.getLocality();
            }
        }
        return "";
    }
}
""",
            "@T_screen@": """
public class @T_screen@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        try {
            String town = @T_place@.@m_town@(context);
            @decide(context|town)@
        } catch (IOException cause) {
            android.util.Log.w("@T_screen@", cause);
        }
    }
}
""",
        },
        manifest=receiver("org.example.action.@k_action@"),
        permissions=("android.permission.ACCESS_COARSE_LOCATION",),
        drive='Bench.location(text);\nBench.broadcast(new Intent("org.example.action.@k_action@"));',
    ),
    held_back=True,
    origin="location",
)

SEEN = Idiom(
    "text",
    "screen-descriptions",
    Template(
        sources={
            "@T_screen@": """
import android.accessibilityservice.AccessibilityService;
import android.view.accessibility.AccessibilityEvent;

public class @T_screen@ extends AccessibilityService {
    @Override
    public void onAccessibilityEvent(AccessibilityEvent event) {
        List<CharSequence> parts = event.getText();
        if (parts == null || parts.isEmpty()) {
            return;
        }
        String first = parts.get(0).toString();
        new Handler(Looper.getMainLooper()).post(() -> @m_read@(first));
    }

    private void @m_read@(String first) {
        @decide(this|first)@
    }

    @Override
    public void onInterrupt() {
    }
}
"""
        },
        manifest=service(
            "android.accessibilityservice.AccessibilityService",
            permission="android.permission.BIND_ACCESSIBILITY_SERVICE",
        ),
        drive="Bench.screen(text);",
    ),
    held_back=True,
    origin="screen",
)

IDIOMS = (PHONES, CALLERS, NAMED, PLACE, SEEN)
