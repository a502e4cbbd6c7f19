package android.os;

import java.io.File;
import org.example.bench.Bench;

public class Environment {
    public static final String MEDIA_MOUNTED = "mounted";
    public static final String DIRECTORY_DOWNLOADS = "Download";

    public static File getExternalStorageDirectory() {
        return new File(Bench.root, "sdcard");
    }

    public static File getExternalStoragePublicDirectory(String kind) {
        return new File(getExternalStorageDirectory(), kind);
    }

    public static File getDataDirectory() {
        return new File(Bench.root, "data");
    }

    public static File getRootDirectory() {
        return new File(Bench.root, "system");
    }

    public static String getExternalStorageState() {
        return MEDIA_MOUNTED;
    }
}
