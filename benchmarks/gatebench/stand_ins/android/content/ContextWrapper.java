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
import org.example.bench.Bench;
import org.example.bench.Clock;
import org.example.bench.Device;

/** Every context of a run is the same device and the same application. */
public class ContextWrapper extends Context {
    public ContextWrapper(Context base) {
    }

    protected void attachBaseContext(Context base) {
    }

    public Context getBaseContext() {
        return Bench.application;
    }

    @Override
    public Context getApplicationContext() {
        return Bench.application;
    }

    @Override
    public ContentResolver getContentResolver() {
        return new ContentResolver(this);
    }

    @Override
    public SharedPreferences getSharedPreferences(String name, int mode) {
        return (SharedPreferences) Bench.memory.computeIfAbsent(
                "preferences " + name, key -> new org.example.bench.Preferences(name));
    }

    private static File folder(String name) {
        File folder = new File(Bench.root, name);
        folder.mkdirs();
        return folder;
    }

    @Override
    public File getFilesDir() {
        return folder("files");
    }

    @Override
    public File getCacheDir() {
        return folder("cache");
    }

    @Override
    public File getExternalFilesDir(String type) {
        return folder(type == null ? "external" : "external/" + type);
    }

    @Override
    public File getExternalCacheDir() {
        return folder("external-cache");
    }

    @Override
    public File getFileStreamPath(String name) {
        return new File(getFilesDir(), name);
    }

    @Override
    public File getDatabasePath(String name) {
        return new File(folder("databases"), name);
    }

    @Override
    public File getDir(String name, int mode) {
        return folder("app_" + name);
    }

    @Override
    public boolean deleteFile(String name) {
        return getFileStreamPath(name).delete();
    }

    @Override
    public FileInputStream openFileInput(String name) throws FileNotFoundException {
        return new FileInputStream(getFileStreamPath(name));
    }

    @Override
    public FileOutputStream openFileOutput(String name, int mode) throws FileNotFoundException {
        return new FileOutputStream(getFileStreamPath(name), (mode & MODE_APPEND) != 0);
    }

    @Override
    public SQLiteDatabase openOrCreateDatabase(String name, int mode, SQLiteDatabase.CursorFactory factory) {
        return SQLiteDatabase.openOrCreateDatabase(name, factory);
    }

    @Override
    public AssetManager getAssets() {
        return new AssetManager();
    }

    @Override
    public Resources getResources() {
        return Resources.getSystem();
    }

    @Override
    public String getPackageName() {
        return Bench.world.optString("package");
    }

    @Override
    public String getPackageCodePath() {
        return new File(Bench.root, "base.apk").getPath();
    }

    @Override
    public ClassLoader getClassLoader() {
        return Bench.loader;
    }

    @Override
    public PackageManager getPackageManager() {
        return new PackageManager();
    }

    @Override
    public ApplicationInfo getApplicationInfo() {
        ApplicationInfo info = new ApplicationInfo();
        info.packageName = getPackageName();
        return info;
    }

    @Override
    public Looper getMainLooper() {
        return Looper.getMainLooper();
    }

    @Override
    public Object getSystemService(String name) {
        return Device.service(name);
    }

    @Override
    public void sendBroadcast(Intent intent) {
        if (intent.getComponent() != null) {
            BroadcastReceiver made = (BroadcastReceiver) Bench.make(intent.getComponent().getClassName());
            Clock.post(() -> made.deliver(this, intent), 0);
            return;
        }
        Bench.effect("broadcast", intent);
        Clock.post(() -> Bench.broadcast(intent), 0);
    }

    @Override
    public void sendOrderedBroadcast(Intent intent, String permission) {
        sendBroadcast(intent);
    }

    @Override
    public Intent registerReceiver(BroadcastReceiver receiver, IntentFilter filter) {
        Bench.memory.put(receiver, filter);
        return null;
    }

    @Override
    public void unregisterReceiver(BroadcastReceiver receiver) {
        Bench.memory.remove(receiver);
    }

    @Override
    public void startActivity(Intent intent) {
        if (intent.getComponent() == null) {
            boolean installs = Intent.ACTION_INSTALL_PACKAGE.equals(intent.getAction());
            Bench.effect(installs ? "install" : "navigate", intent);
            return;
        }
        android.app.Activity made = (android.app.Activity) Bench.make(intent.getComponent().getClassName());
        Clock.post(() -> made.begin(intent), 0);
    }

    @Override
    public ComponentName startService(Intent intent) {
        if (intent.getComponent() == null) {
            return null;
        }
        String key = "running " + intent.getComponent().getClassName();
        if (!Bench.memory.containsKey(key)) {
            Bench.memory.put(key, started(intent));
        }
        android.app.Service made = (android.app.Service) Bench.memory.get(key);
        Clock.post(() -> made.onStartCommand(intent, 0, 1), 0);
        return intent.getComponent();
    }

    private static android.app.Service started(Intent intent) {
        android.app.Service made = (android.app.Service) Bench.make(intent.getComponent().getClassName());
        made.onCreate();
        return made;
    }

    @Override
    public ComponentName startForegroundService(Intent intent) {
        return startService(intent);
    }

    @Override
    public boolean stopService(Intent intent) {
        return true;
    }

    @Override
    public boolean bindService(Intent intent, ServiceConnection connection, int flags) {
        if (intent.getComponent() == null) {
            return false;
        }
        android.app.Service made = started(intent);
        Clock.post(() -> connection.onServiceConnected(intent.getComponent(), made.onBind(intent)), 0);
        return true;
    }

    @Override
    public void unbindService(ServiceConnection connection) {
    }

    @Override
    public Context createPackageContext(String name, int flags) throws PackageManager.NameNotFoundException {
        throw new PackageManager.NameNotFoundException(name);
    }

    @Override
    public int checkCallingOrSelfPermission(String permission) {
        return PackageManager.PERMISSION_GRANTED;
    }
}
