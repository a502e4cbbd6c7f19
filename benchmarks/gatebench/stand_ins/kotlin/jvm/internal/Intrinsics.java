package kotlin.jvm.internal;

public final class Intrinsics {
    private Intrinsics() {
    }

    public static boolean areEqual(Object one, Object other) {
        return one == null ? other == null : one.equals(other);
    }

    public static void checkNotNullParameter(Object value, String name) {
        if (value == null) {
            throw new NullPointerException(name);
        }
    }
}
