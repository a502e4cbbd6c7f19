package android.os;

public final class SystemClock {
    public static long elapsedRealtime() {
        return 3_600_000L;
    }

    public static long uptimeMillis() {
        return 3_600_000L;
    }

    public static void sleep(long millis) {
    }
}
