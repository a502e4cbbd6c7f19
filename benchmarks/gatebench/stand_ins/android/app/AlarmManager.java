package android.app;

import org.example.bench.Clock;

/** An alarm rings once, when nothing else is left to do. */
public class AlarmManager {
    public static final int RTC_WAKEUP = 0;
    public static final int RTC = 1;
    public static final int ELAPSED_REALTIME_WAKEUP = 2;
    public static final int ELAPSED_REALTIME = 3;
    public static final long INTERVAL_HOUR = 3_600_000L;
    public static final long INTERVAL_HALF_DAY = 43_200_000L;
    public static final long INTERVAL_DAY = 86_400_000L;

    public void set(int kind, long when, PendingIntent intent) {
        Clock.post(intent::send, 1000);
    }

    public void setExact(int kind, long when, PendingIntent intent) {
        set(kind, when, intent);
    }

    public void setRepeating(int kind, long when, long interval, PendingIntent intent) {
        set(kind, when, intent);
    }

    public void setInexactRepeating(int kind, long when, long interval, PendingIntent intent) {
        set(kind, when, intent);
    }

    public void cancel(PendingIntent intent) {
    }
}
