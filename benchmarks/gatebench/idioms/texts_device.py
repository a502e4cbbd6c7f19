"""Texts that lie on the device: media, places, applications, the screen, the handset itself."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity, receiver, service
from benchmarks.gatebench.idioms.writing import Template

MEDIA = Idiom(
    "text",
    "media-names",
    Template(
        sources={
            "@T_screen@": """
import android.database.Cursor;
import android.provider.MediaStore;

public class @T_screen@ extends Activity {
    private static final String[] @f_columns@ = {MediaStore.Images.Media._ID, MediaStore.Images.Media.DISPLAY_NAME};

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Cursor pictures = getContentResolver().query(
                MediaStore.Images.Media.EXTERNAL_CONTENT_URI, @f_columns@, null, null, null);
        for (boolean more = pictures != null && pictures.moveToFirst(); more; more = pictures.moveToNext()) {
            String name = pictures.getString(pictures.getColumnIndex(MediaStore.Images.Media.DISPLAY_NAME));
            @decide(this|name)@
        }
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_EXTERNAL_STORAGE",),
        drive="Bench.row(android.provider.MediaStore.Images.Media.EXTERNAL_CONTENT_URI.toString(),\n"
        '    android.provider.MediaStore.Images.Media._ID, "7",\n'
        "    android.provider.MediaStore.Images.Media.DISPLAY_NAME, text);\n"
        "Bench.open(@T_screen@.class);",
    ),
    origin="media",
)

LOCATION = Idiom(
    "text",
    "location-locality",
    Template(
        sources={
            "@T_screen@": """
import android.location.Address;
import android.location.Geocoder;
import android.location.Location;
import android.location.LocationManager;
import android.util.Log;

public class @T_screen@ extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        LocationManager locations = (LocationManager) getSystemService(Context.LOCATION_SERVICE);
        Location last = locations.getLastKnownLocation(LocationManager.GPS_PROVIDER);
        if (last == null) {
            return;
        }
        try {
            List<Address> found = new Geocoder(this, Locale.ROOT)
                    .getFromLocation(last.getLatitude(), last.getLongitude(), 1);
            if (!found.isEmpty()) {
                String town = found.get(0).getLocality();
                @decide(this|town)@
            }
        } catch (IOException cause) {
            Log.w("@T_screen@", cause);
        }
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.ACCESS_FINE_LOCATION",),
        drive="Bench.location(text);\nBench.open(@T_screen@.class);",
    ),
    origin="location",
)

ADDED = Idiom(
    "text",
    "package-added",
    Template(
        sources={
            "@T_screen@": """
import android.content.pm.PackageManager;

public class @T_screen@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        if (intent.getData() == null) {
            return;
        }
        String added = intent.getData().getSchemeSpecificPart();
        PackageManager packages = context.getPackageManager();
        try {
            String label = packages.getApplicationLabel(packages.getApplicationInfo(added, 0)).toString();
            @decide(context|label)@
        } catch (PackageManager.NameNotFoundException cause) {
            android.util.Log.d("@T_screen@", added);
        }
    }
}
"""
        },
        manifest=receiver("android.intent.action.PACKAGE_ADDED", more='<data android:scheme="package" />'),
        drive='Bench.install("org.example.other", text);',
    ),
    held_back=True,
    origin="packages",
)

INSTALLED = Idiom(
    "text",
    "packages-installed",
    Template(
        sources={
            "@T_screen@": """
import android.content.pm.PackageInfo;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        for (PackageInfo one : getPackageManager().getInstalledPackages(0)) {
            @m_look@(one.applicationInfo.loadLabel(getPackageManager()).toString());
        }
    }

    private void @m_look@(String label) {
        @decide(this|label)@
    }
}
"""
        },
        manifest=activity(),
        drive='Bench.install("org.example.other", text);\nBench.open(@T_screen@.class);',
    ),
    origin="packages",
)

SCREEN = Idiom(
    "text",
    "screen-events",
    Template(
        sources={
            "@T_screen@": """
import android.accessibilityservice.AccessibilityService;
import android.view.accessibility.AccessibilityEvent;

public class @T_screen@ extends AccessibilityService {
    @Override
    public void onAccessibilityEvent(AccessibilityEvent event) {
        StringBuilder seen = new StringBuilder();
        for (CharSequence part : event.getText()) {
            seen.append(part).append(' ');
        }
        String whole = seen.toString().trim();
        @decide(this|whole)@
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
    origin="screen",
)

DEVICE = Idiom(
    "text",
    "device-model",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onStart() {
        super.onStart();
        String handset = Build.MANUFACTURER + " " + Build.MODEL;
        @decide(this|handset)@
    }
}
"""
        },
        manifest=activity(),
        drive="Bench.model(text);\nBench.open(@T_screen@.class);",
    ),
    origin="device",
    whole=False,
)

NOTE_FILES = Idiom(
    "text",
    "file-names",
    Template(
        sources={
            "@T_screen@": """
import android.os.Environment;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        File[] found = Environment.getExternalStoragePublicDirectory(Environment.DIRECTORY_DOWNLOADS).listFiles();
        if (found == null) {
            return;
        }
        for (File one : found) {
            String name = one.getName();
            @decide(this|name)@
        }
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_EXTERNAL_STORAGE",),
        drive="Bench.downloaded(text);\nBench.open(@T_screen@.class);",
    ),
    held_back=True,
    origin="media",
)

IDIOMS = (MEDIA, LOCATION, ADDED, INSTALLED, SCREEN, DEVICE, NOTE_FILES)
