package android.app;

import android.content.ContextWrapper;

public class Application extends ContextWrapper {
    public interface ActivityLifecycleCallbacks {
        void onActivityResumed(Activity activity);
        void onActivityPaused(Activity activity);
    }

    public void onCreate() { throw new RuntimeException("stub"); }
    public void registerActivityLifecycleCallbacks(ActivityLifecycleCallbacks listener) { throw new RuntimeException("stub"); }
}
