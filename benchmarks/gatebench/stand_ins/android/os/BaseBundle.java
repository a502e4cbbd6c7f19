package android.os;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

public class BaseBundle {
    final Map<String, Object> values = new LinkedHashMap<>();

    public boolean containsKey(String key) {
        return values.containsKey(key);
    }

    public Set<String> keySet() {
        return values.keySet();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public int size() {
        return values.size();
    }

    public void remove(String key) {
        values.remove(key);
    }

    public Object get(String key) {
        return values.get(key);
    }

    public void putString(String key, String value) {
        values.put(key, value);
    }

    public void putStringArray(String key, String[] value) {
        values.put(key, value);
    }

    public void putBoolean(String key, boolean value) {
        values.put(key, value);
    }

    public void putInt(String key, int value) {
        values.put(key, value);
    }

    public void putLong(String key, long value) {
        values.put(key, value);
    }

    public void putSerializable(String key, Serializable value) {
        values.put(key, value);
    }

    public String getString(String key) {
        return getString(key, null);
    }

    public String getString(String key, String otherwise) {
        return values.get(key) instanceof String ? (String) values.get(key) : otherwise;
    }

    public String[] getStringArray(String key) {
        return (String[]) values.get(key);
    }

    public boolean getBoolean(String key) {
        return getBoolean(key, false);
    }

    public boolean getBoolean(String key, boolean otherwise) {
        return values.containsKey(key) ? (Boolean) values.get(key) : otherwise;
    }

    public int getInt(String key) {
        return getInt(key, 0);
    }

    public int getInt(String key, int otherwise) {
        return values.containsKey(key) ? ((Number) values.get(key)).intValue() : otherwise;
    }

    public long getLong(String key) {
        return getLong(key, 0);
    }

    public long getLong(String key, long otherwise) {
        return values.containsKey(key) ? ((Number) values.get(key)).longValue() : otherwise;
    }

    public Serializable getSerializable(String key) {
        return (Serializable) values.get(key);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
