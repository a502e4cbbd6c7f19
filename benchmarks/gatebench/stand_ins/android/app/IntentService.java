package android.app;

import android.content.Intent;
import android.os.IBinder;

public abstract class IntentService extends Service {
    public IntentService(String name) {
    }

    protected abstract void onHandleIntent(Intent intent);

    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        onHandleIntent(intent);
        return START_NOT_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
