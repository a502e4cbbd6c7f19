package android.util;

import java.util.TreeMap;

public class SparseArray<E> {
    private final TreeMap<Integer, E> values = new TreeMap<>();

    public E get(int key) {
        return values.get(key);
    }

    public void put(int key, E value) {
        values.put(key, value);
    }

    public int size() {
        return values.size();
    }

    public int keyAt(int index) {
        return (Integer) values.keySet().toArray()[index];
    }

    public E valueAt(int index) {
        return values.get(keyAt(index));
    }
}
