package android.content;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

public final class ContentValues {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public ContentValues() {
    }

    public ContentValues(int size) {
    }

    public void put(String key, String value) {
        values.put(key, value);
    }

    public void put(String key, Integer value) {
        values.put(key, value);
    }

    public void put(String key, Long value) {
        values.put(key, value);
    }

    public void put(String key, Boolean value) {
        values.put(key, value);
    }

    public Object get(String key) {
        return values.get(key);
    }

    public String getAsString(String key) {
        return values.get(key) == null ? null : values.get(key).toString();
    }

    public Set<String> keySet() {
        return values.keySet();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
