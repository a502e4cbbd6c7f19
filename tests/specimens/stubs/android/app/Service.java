package android.app;

import android.content.ContextWrapper;
import android.content.Intent;
import android.os.IBinder;

public abstract class Service extends ContextWrapper {
    public static final int START_STICKY = 1;

    public void onCreate() { throw new RuntimeException("stub"); }
    public int onStartCommand(Intent intent, int flags, int id) { throw new RuntimeException("stub"); }
    public abstract IBinder onBind(Intent intent);
}
