package android.os;

/** Hidden in the public kit; apps of the system image call it directly. */
public class SystemProperties {
    public static String get(String key, String fallback) { throw new RuntimeException("stub"); }
}
