package android.os;

public final class Bundle {
    public Object get(String key) { throw new RuntimeException("stub"); }
    public String getString(String key) { throw new RuntimeException("stub"); }
}
