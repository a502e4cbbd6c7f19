"""Texts that lie on the device, read in further ways: logs, parts of messages, metadata, names, properties."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity, receiver, service
from benchmarks.gatebench.idioms.writing import Template

LOGCAT = Idiom(
    "text",
    "log-lines",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            Process process = Runtime.getRuntime().exec("logcat -d -v brief");
            BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream()));
            String line;
            while ((line = in.readLine()) != null) {
                @m_line@(line);
            }
            in.close();
        } catch (IOException cause) {
            setTitle("@k_none@");
        }
    }

    private void @m_line@(String line) {
        @decide(this|line)@
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_LOGS",),
        drive="Bench.logged(text);\nBench.open(@T_screen@.class);",
    ),
    origin="log",
)

LOG_BUILT = Idiom(
    "text",
    "log-of-built-process",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends IntentService {
    public @T_screen@() {
        super("@k_service@");
    }

    @Override
    protected void onHandleIntent(Intent intent) {
        ProcessBuilder builder = new ProcessBuilder("logcat", "-d", "-t", "@n_lines_50_900@");
        try (Scanner lines = new Scanner(builder.redirectErrorStream(true).start().getInputStream(), "UTF-8")) {
            while (lines.hasNextLine()) {
                String said = lines.nextLine();
                @decide(this|said)@
            }
        } catch (IOException cause) {
            stopSelf();
        }
    }
}
"""
        },
        manifest=service("org.example.action.@k_action@"),
        permissions=("android.permission.READ_LOGS",),
        drive="Bench.logged(text);\nBench.service(new Intent(context, @T_screen@.class));",
    ),
    held_back=True,
    origin="log",
)

MMS = Idiom(
    "text",
    "mms-parts",
    Template(
        sources={
            "@T_screen@": """
import android.database.Cursor;
import android.net.Uri;

public class @T_screen@ extends Activity {
    @Override
    protected void onStart() {
        super.onStart();
        Uri parts = Uri.parse("content://mms/part");
        try (Cursor cursor = getContentResolver().query(parts, null, "mid=?", new String[] {"1"}, null)) {
            while (cursor != null && cursor.moveToNext()) {
                if ("text/plain".equals(cursor.getString(cursor.getColumnIndex("ct")))) {
                    String body = cursor.getString(cursor.getColumnIndex("text"));
                    @decide(this|body)@
                }
            }
        }
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_SMS",),
        drive='Bench.row("content://mms/part", "mid", "1", "ct", "text/plain", "text", text);\n'
        "Bench.open(@T_screen@.class);",
    ),
    origin="sms",
)

TITLE = Idiom(
    "text",
    "media-title",
    Template(
        sources={
            "@T_screen@": """
import android.media.MediaMetadataRetriever;
import android.os.Environment;

public class @T_screen@ extends Activity {
    @Override
    protected void onResume() {
        super.onResume();
        MediaMetadataRetriever metadata = new MediaMetadataRetriever();
        metadata.setDataSource(new File(Environment.getExternalStorageDirectory(), "@k_song@.mp3").getPath());
        String title = metadata.extractMetadata(MediaMetadataRetriever.METADATA_KEY_TITLE);
        metadata.release();
        if (title != null) {
            @decide(this|title)@
        }
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_EXTERNAL_STORAGE",),
        drive='Bench.part("media").put("@k_song@.mp3/7", text);\nBench.open(@T_screen@.class);',
    ),
    origin="media",
)

PICTURE = Idiom(
    "text",
    "picture-description",
    Template(
        sources={
            "@T_screen@": """
import android.media.ExifInterface;

public class @T_screen@ extends Activity {
    private String @f_said@ = "";

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        try {
            ExifInterface exif = new ExifInterface("/sdcard/DCIM/@k_picture@.jpg");
            @f_said@ = exif.getAttribute(ExifInterface.TAG_IMAGE_DESCRIPTION);
        } catch (IOException cause) {
            finish();
        }
    }

    @Override
    protected void onResume() {
        super.onResume();
        if (@f_said@ != null) {
            @decide(this|@f_said@)@
        }
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_EXTERNAL_STORAGE",),
        drive='Bench.part("media").put("@k_picture@.jpg/ImageDescription", text);\nBench.open(@T_screen@.class);',
    ),
    held_back=True,
    origin="media",
)

LISTED = Idiom(
    "text",
    "file-names-listed",
    Template(
        sources={
            "@T_screen@": """
import android.os.Environment;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        File folder = Environment.getExternalStoragePublicDirectory(Environment.DIRECTORY_DOWNLOADS);
        String[] names = folder.list();
        for (int at = 0; names != null && at < names.length; at++) {
            String name = names[at];
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
    origin="media",
)

PROPERTY = Idiom(
    "text",
    "device-property",
    Template(
        sources={
            "@T_screen@": """
import android.os.SystemProperties;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        String product = SystemProperties.get("ro.product.model", Build.MODEL);
        @decide(this|product)@
    }
}
"""
        },
        manifest=activity(),
        drive='Bench.part("properties").put("ro.product.model", text);\nBench.open(@T_screen@.class);',
    ),
    origin="device",
)

GIVEN_NAME = Idiom(
    "text",
    "device-name-of-settings",
    Template(
        sources={
            "@T_screen@": """
import android.provider.Settings;

public class @T_screen@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        String name = Settings.Global.getString(context.getContentResolver(), "device_name");
        if (name != null) {
            @decide(context|name)@
        }
    }
}
"""
        },
        manifest=receiver("android.intent.action.USER_PRESENT"),
        drive='Bench.part("settings").put("device_name", text);\n'
        'Bench.broadcast(new Intent("android.intent.action.USER_PRESENT"));',
    ),
    held_back=True,
    origin="device",
)

IDIOMS = (LOGCAT, LOG_BUILT, MMS, TITLE, PICTURE, LISTED, PROPERTY, GIVEN_NAME)
