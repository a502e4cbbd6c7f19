package android.app;

public class ActivityManager {
    public static boolean isUserAMonkey() {
        return false;
    }
}
