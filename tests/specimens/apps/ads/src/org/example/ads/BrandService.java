package org.example.ads;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.util.Log;
import java.io.IOException;
import org.json.JSONException;

/** Refreshes the brand list once a day. */
public class BrandService extends Service {
    @Override
    public int onStartCommand(Intent intent, int flags, int id) {
        new Thread(new Refresh(), "brands").start();
        return START_STICKY;
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    private final class Refresh implements Runnable {
        @Override
        public void run() {
            BrandList list = new BrandList(BrandService.this);
            try {
                if (list.isOld()) {
                    list.download();
                }
            } catch (IOException | JSONException cause) {
                Log.w("BrandService", "kept the old list", cause);
            }
        }
    }
}
