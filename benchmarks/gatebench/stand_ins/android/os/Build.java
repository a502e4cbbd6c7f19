package android.os;

/** Not constants here, so that each run may be another handset. */
public class Build {
    public static String BRAND;
    public static String DEVICE;
    public static String DISPLAY;
    public static String FINGERPRINT;
    public static String HARDWARE;
    public static String MANUFACTURER;
    public static String MODEL;
    public static String PRODUCT;
    public static String SERIAL;
    public static String TAGS;
    public static String TYPE;

    public static void reset() {
        BRAND = "Example";
        DEVICE = "bench";
        DISPLAY = "B1";
        FINGERPRINT = "Example/bench/bench:12/B1/1:user/release-keys";
        HARDWARE = "bench";
        MANUFACTURER = "Example";
        MODEL = "Bench One";
        PRODUCT = "bench";
        SERIAL = "unknown";
        TAGS = "release-keys";
        TYPE = "user";
        VERSION.SDK_INT = 31;
        VERSION.RELEASE = "12";
        VERSION.INCREMENTAL = "1";
    }

    public static class VERSION {
        public static int SDK_INT;
        public static String RELEASE;
        public static String INCREMENTAL;
    }

    public static class VERSION_CODES {
        public static final int LOLLIPOP = 21;
        public static final int M = 23;
        public static final int N = 24;
        public static final int O = 26;
        public static final int P = 28;
        public static final int Q = 29;
        public static final int R = 30;
    }
}
