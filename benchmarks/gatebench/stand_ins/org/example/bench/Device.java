package org.example.bench;

import android.content.ClipboardManager;
import android.content.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the device holds beside the application: system services, made once a run. */
public final class Device {
    private static final Map<String, Class<?>> SERVICES = new LinkedHashMap<>();

    static {
        SERVICES.put(Context.CLIPBOARD_SERVICE, ClipboardManager.class);
        SERVICES.put(Context.ALARM_SERVICE, android.app.AlarmManager.class);
        SERVICES.put(Context.NOTIFICATION_SERVICE, android.app.NotificationManager.class);
        SERVICES.put(Context.JOB_SCHEDULER_SERVICE, android.app.job.JobScheduler.class);
        SERVICES.put(Context.TELEPHONY_SERVICE, android.telephony.TelephonyManager.class);
        SERVICES.put(Context.CONNECTIVITY_SERVICE, android.net.ConnectivityManager.class);
        SERVICES.put(Context.LOCATION_SERVICE, android.location.LocationManager.class);
        SERVICES.put(Context.INPUT_METHOD_SERVICE, android.view.inputmethod.InputMethodManager.class);
        SERVICES.put(Context.LAYOUT_INFLATER_SERVICE, android.view.LayoutInflater.class);
        SERVICES.put(Context.ACTIVITY_SERVICE, android.app.ActivityManager.class);
    }

    private Device() {
    }

    public static Object service(String name) {
        Class<?> type = SERVICES.get(name);
        String key = "service " + name;
        if (type != null && !Bench.memory.containsKey(key)) {
            Bench.memory.put(key, Bench.make(type.getName()));
        }
        return Bench.memory.get(key);
    }

    public static String serviceName(Class<?> type) {
        for (Map.Entry<String, Class<?>> entry : SERVICES.entrySet()) {
            if (entry.getValue() == type) {
                return entry.getKey();
            }
        }
        return "";
    }
}
