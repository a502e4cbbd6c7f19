package org.example.telemetry;

import android.app.Activity;
import android.app.Application;

/** Records which screens are opened and closed. */
public class TelemetryApp extends Application implements Application.ActivityLifecycleCallbacks {
    @Override
    public void onCreate() {
        super.onCreate();
        registerActivityLifecycleCallbacks(this);
    }

    @Override
    public void onActivityResumed(Activity activity) {
        EventQueue.of(this).add(Event.named("screen_on").with("screen", activity.getClass().getName()));
    }

    @Override
    public void onActivityPaused(Activity activity) {
        EventQueue.of(this).add(Event.named("screen_off").with("screen", activity.getClass().getName()));
    }
}
