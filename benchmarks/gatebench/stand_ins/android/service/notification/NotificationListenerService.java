package android.service.notification;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import org.example.bench.Bench;

public abstract class NotificationListenerService extends Service {
    public void onNotificationPosted(StatusBarNotification notification) {
    }

    public void onNotificationRemoved(StatusBarNotification notification) {
    }

    public void onListenerConnected() {
    }

    public final void cancelNotification(String key) {
        Bench.effect("hide", "notification " + key);
    }

    public final void cancelNotification(String owner, String tag, int id) {
        Bench.effect("hide", "notification " + owner);
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }
}
