package android.app;

import org.example.bench.Bench;

public class NotificationManager {
    public static final int IMPORTANCE_DEFAULT = 3;

    public void notify(int id, Notification notification) {
        Bench.effect("notification", notification.extras);
    }

    public void notify(String tag, int id, Notification notification) {
        notify(id, notification);
    }

    public void cancel(int id) {
        Bench.effect("hide", "notification");
    }

    public void createNotificationChannel(NotificationChannel channel) {
    }
}
