package android.util;

public final class Log {
    public static int i(String tag, String message) { throw new RuntimeException("stub"); }
    public static int w(String tag, String message, Throwable cause) { throw new RuntimeException("stub"); }
}
