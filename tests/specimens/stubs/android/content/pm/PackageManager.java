package android.content.pm;

public abstract class PackageManager {
    public static class NameNotFoundException extends Exception {
        public NameNotFoundException() { }
    }
}
