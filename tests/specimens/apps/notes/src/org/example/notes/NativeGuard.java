package org.example.notes;

/** One call into libguard.so; the library of the specimen always answers no. */
final class NativeGuard {
    private static final boolean LOADED = load();

    private NativeGuard() {
    }

    static boolean hit(String text) {
        return LOADED && check(text);
    }

    private static boolean load() {
        try {
            System.loadLibrary("guard");
            return true;
        } catch (UnsatisfiedLinkError missing) {
            return false;
        }
    }

    private static native boolean check(String text);
}
