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

IDIOMS = (PROVIDER, FILE)
