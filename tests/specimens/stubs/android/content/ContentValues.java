package android.content;

public final class ContentValues {
    public void put(String key, String value) { throw new RuntimeException("stub"); }
    public void put(String key, Long value) { throw new RuntimeException("stub"); }
    public String getAsString(String key) { throw new RuntimeException("stub"); }
}
