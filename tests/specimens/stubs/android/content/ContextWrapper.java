package android.content;

import android.content.pm.PackageManager;
import android.content.res.AssetManager;
import android.content.res.Resources;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;

public class ContextWrapper extends Context {
    @Override public Context getApplicationContext() { throw new RuntimeException("stub"); }
    @Override public ContentResolver getContentResolver() { throw new RuntimeException("stub"); }
    @Override public SharedPreferences getSharedPreferences(String name, int mode) { throw new RuntimeException("stub"); }
    @Override public File getFilesDir() { throw new RuntimeException("stub"); }
    @Override public FileInputStream openFileInput(String name) throws FileNotFoundException { throw new RuntimeException("stub"); }
    @Override public FileOutputStream openFileOutput(String name, int mode) throws FileNotFoundException { throw new RuntimeException("stub"); }
    @Override public AssetManager getAssets() { throw new RuntimeException("stub"); }
    @Override public Resources getResources() { throw new RuntimeException("stub"); }
    @Override public Context createPackageContext(String name, int flags) throws PackageManager.NameNotFoundException { throw new RuntimeException("stub"); }
    @Override public String getPackageName() { throw new RuntimeException("stub"); }
    @Override public Object getSystemService(String name) { throw new RuntimeException("stub"); }
    @Override public void sendBroadcast(Intent intent) { throw new RuntimeException("stub"); }
    @Override public void startActivity(Intent intent) { throw new RuntimeException("stub"); }
}
