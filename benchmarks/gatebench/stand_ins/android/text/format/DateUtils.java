package android.text.format;

public class DateUtils {
    public static final long HOUR_IN_MILLIS = 3_600_000L;
    public static final long DAY_IN_MILLIS = 86_400_000L;
}
