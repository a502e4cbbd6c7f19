package org.example.carrier;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

/** Keeps the process while music plays. */
public class PlayerService extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
