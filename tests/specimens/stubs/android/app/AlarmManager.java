package android.app;

public class AlarmManager {
    public static final int RTC_WAKEUP = 0;
    public static final int ELAPSED_REALTIME = 3;

    public void set(int type, long at, PendingIntent what) { throw new RuntimeException("stub"); }
    public void setInexactRepeating(int type, long first, long interval, PendingIntent what) { throw new RuntimeException("stub"); }
}
