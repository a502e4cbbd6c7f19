package android.util;

import org.example.bench.Bench;

public final class Log {
    private static int line(String tag, String text) {
        Bench.effect("log", tag + ": " + text);
        return 0;
    }

    public static int v(String tag, String text) {
        return line(tag, text);
    }

    public static int d(String tag, String text) {
        return line(tag, text);
    }

    public static boolean isLoggable(String tag, int level) {
        return true;
    }

    public static int i(String tag, String text) {
        return line(tag, text);
    }

    public static int w(String tag, String text) {
        return line(tag, text);
    }

    public static int w(String tag, Throwable cause) {
        return line(tag, String.valueOf(cause));
    }

    public static int d(String tag, String text, Throwable cause) {
        return line(tag, text);
    }

    public static int w(String tag, String text, Throwable cause) {
        return line(tag, text);
    }

    public static int e(String tag, String text) {
        return line(tag, text);
    }

    public static int e(String tag, String text, Throwable cause) {
        return line(tag, text);
    }
}
