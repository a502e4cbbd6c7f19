package android.os;

public class Build {
    public static final String MODEL = Stub.text();
    public static final String BRAND = Stub.text();
    public static final String FINGERPRINT = Stub.text();
}

final class Stub {
    static String text() { throw new RuntimeException("stub"); }
}
