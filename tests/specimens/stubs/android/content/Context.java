package android.content;

import android.content.pm.PackageManager;
import android.content.res.AssetManager;
import android.content.res.Resources;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;

public abstract class Context {
    public static final int MODE_PRIVATE = 0;
    public static final String ALARM_SERVICE = "alarm";

    public abstract Context getApplicationContext();
    public abstract ContentResolver getContentResolver();
    public abstract SharedPreferences getSharedPreferences(String name, int mode);
    public abstract File getFilesDir();
    public abstract FileInputStream openFileInput(String name) throws FileNotFoundException;
    public abstract FileOutputStream openFileOutput(String name, int mode) throws FileNotFoundException;
    public abstract AssetManager getAssets();
    public abstract Resources getResources();
    public abstract String getPackageName();
    public abstract Context createPackageContext(String name, int flags) throws PackageManager.NameNotFoundException;
    public abstract Object getSystemService(String name);
    public abstract void sendBroadcast(Intent intent);
    public abstract void startActivity(Intent intent);
    public final String getString(int id) { throw new RuntimeException("stub"); }
}
