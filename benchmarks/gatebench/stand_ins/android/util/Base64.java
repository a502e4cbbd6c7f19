package android.util;

public class Base64 {
    public static final int DEFAULT = 0;
    public static final int NO_PADDING = 1;
    public static final int NO_WRAP = 2;
    public static final int URL_SAFE = 8;

    public static byte[] decode(String text, int flags) {
        return (flags & URL_SAFE) != 0
                ? java.util.Base64.getUrlDecoder().decode(text.trim())
                : java.util.Base64.getMimeDecoder().decode(text);
    }

    public static byte[] decode(byte[] text, int flags) {
        return decode(new String(text, java.nio.charset.StandardCharsets.US_ASCII), flags);
    }

    public static String encodeToString(byte[] data, int flags) {
        return (flags & URL_SAFE) != 0
                ? java.util.Base64.getUrlEncoder().encodeToString(data)
                : java.util.Base64.getEncoder().encodeToString(data);
    }
}
