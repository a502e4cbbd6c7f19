package android.util;

import java.util.LinkedHashMap;
import java.util.Map;

public class LruCache<K, V> {
    private final Map<K, V> values = new LinkedHashMap<>();

    public LruCache(int size) {
    }

    protected V create(K key) {
        return null;
    }

    public final V get(K key) {
        V found = values.get(key);
        if (found == null) {
            found = create(key);
            if (found != null) {
                values.put(key, found);
            }
        }
        return found;
    }

    public final V put(K key, V value) {
        return values.put(key, value);
    }
}
