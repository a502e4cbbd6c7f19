package android.util;

import java.util.LinkedHashSet;

public class ArraySet<E> extends LinkedHashSet<E> {
}
