package android.content;

import android.content.pm.ApplicationInfo;
import android.content.pm.PackageManager;
import android.content.res.AssetManager;
import android.content.res.Resources;
import android.database.sqlite.SQLiteDatabase;
import android.os.Looper;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;

public abstract class Context {
    public static final int MODE_PRIVATE = 0;
    public static final int MODE_WORLD_READABLE = 1;
    public static final int MODE_APPEND = 32768;
    public static final int BIND_AUTO_CREATE = 1;
    public static final String ACCOUNT_SERVICE = "account";
    public static final String ACTIVITY_SERVICE = "activity";
    public static final String ALARM_SERVICE = "alarm";
    public static final String CLIPBOARD_SERVICE = "clipboard";
    public static final String CONNECTIVITY_SERVICE = "connectivity";
    public static final String INPUT_METHOD_SERVICE = "input_method";
    public static final String JOB_SCHEDULER_SERVICE = "jobscheduler";
    public static final String LAYOUT_INFLATER_SERVICE = "layout_inflater";
    public static final String LOCATION_SERVICE = "location";
    public static final String NOTIFICATION_SERVICE = "notification";
    public static final String TELEPHONY_SERVICE = "phone";
    public static final String TEXT_SERVICES_MANAGER_SERVICE = "textservices";
    public static final String WIFI_SERVICE = "wifi";

    public abstract Context getApplicationContext();
    public abstract ContentResolver getContentResolver();
    public abstract SharedPreferences getSharedPreferences(String name, int mode);
    public abstract File getFilesDir();
    public abstract File getCacheDir();
    public abstract File getExternalFilesDir(String type);
    public abstract File getExternalCacheDir();
    public abstract File getFileStreamPath(String name);
    public abstract File getDatabasePath(String name);
    public abstract File getDir(String name, int mode);
    public abstract boolean deleteFile(String name);
    public abstract FileInputStream openFileInput(String name) throws FileNotFoundException;
    public abstract FileOutputStream openFileOutput(String name, int mode) throws FileNotFoundException;
    public abstract SQLiteDatabase openOrCreateDatabase(
            String name, int mode, SQLiteDatabase.CursorFactory factory);
    public abstract AssetManager getAssets();
    public abstract Resources getResources();
    public abstract String getPackageName();
    public abstract String getPackageCodePath();
    public abstract ClassLoader getClassLoader();
    public abstract PackageManager getPackageManager();
    public abstract ApplicationInfo getApplicationInfo();
    public abstract Looper getMainLooper();
    public abstract Object getSystemService(String name);
    public abstract void sendBroadcast(Intent intent);
    public abstract void sendOrderedBroadcast(Intent intent, String permission);
    public abstract Intent registerReceiver(BroadcastReceiver receiver, IntentFilter filter);
    public abstract void unregisterReceiver(BroadcastReceiver receiver);
    public abstract void startActivity(Intent intent);
    public abstract ComponentName startService(Intent intent);
    public abstract ComponentName startForegroundService(Intent intent);
    public abstract boolean stopService(Intent intent);
    public abstract boolean bindService(Intent intent, ServiceConnection connection, int flags);
    public abstract void unbindService(ServiceConnection connection);
    public abstract Context createPackageContext(String name, int flags)
            throws PackageManager.NameNotFoundException;
    public abstract int checkCallingOrSelfPermission(String permission);

    public final String getString(int id) {
        return getResources().getString(id);
    }

    public final String getString(int id, Object... arguments) {
        return getResources().getString(id, arguments);
    }

    public final CharSequence getText(int id) {
        return getResources().getText(id);
    }

    public final <T> T getSystemService(Class<T> type) {
        return type.cast(getSystemService(org.example.bench.Device.serviceName(type)));
    }
}
