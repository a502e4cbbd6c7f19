package android.util;

import java.util.LinkedHashMap;

public class ArrayMap<K, V> extends LinkedHashMap<K, V> {
}
