package android.app;

import android.content.ContextWrapper;
import android.content.Intent;
import android.os.IBinder;

public abstract class Service extends ContextWrapper {
    public static final int START_STICKY = 1;
    public static final int START_NOT_STICKY = 2;

    public Service() {
        super(null);
    }

    public void onCreate() {
    }

    public int onStartCommand(Intent intent, int flags, int id) {
        return START_STICKY;
    }

    public void onDestroy() {
    }

    public abstract IBinder onBind(Intent intent);

    public final void stopSelf() {
    }

    public final void stopSelf(int id) {
    }

    public final void startForeground(int id, Notification notification) {
    }

    public final Application getApplication() {
        return org.example.bench.Bench.application;
    }
}
