package android.net;

public abstract class Uri {
    public static Uri parse(String text) { throw new RuntimeException("stub"); }
    public static String encode(String text) { throw new RuntimeException("stub"); }
}
