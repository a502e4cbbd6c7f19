package org.example.bench;

import android.accessibilityservice.AccessibilityService;
import android.content.BroadcastReceiver;
import android.content.ContentProvider;
import android.content.Intent;
import android.content.IntentFilter;
import android.service.notification.NotificationListenerService;
import android.service.notification.StatusBarNotification;
import android.view.accessibility.AccessibilityEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;

/** The components that the manifest declares ("components" of the world: kind, name, actions, authority). */
final class Components {
    private Components() {
    }

    private static List<JSONObject> of(String kind) {
        List<JSONObject> found = new ArrayList<>();
        JSONArray all = Bench.world.optJSONArray("components");
        for (int at = 0; all != null && at < all.length(); at++) {
            if (all.getJSONObject(at).getString("kind").equals(kind)) {
                found.add(all.getJSONObject(at));
            }
        }
        return found;
    }

    private static <T> List<T> services(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (JSONObject declared : of("service")) {
            Object made = Bench.make(declared.getString("name"));
            if (type.isInstance(made)) {
                ((android.app.Service) made).onCreate();
                found.add(type.cast(made));
            }
        }
        return found;
    }

    static void providers() {
        for (JSONObject declared : of("provider")) {
            if (Bench.memory.containsKey("provider " + declared.getString("authority"))) {
                continue;
            }
            ContentProvider made = (ContentProvider) Bench.make(declared.getString("name"));
            made.onCreate();
            Bench.memory.put("provider " + declared.getString("authority"), made);
        }
    }

    static void broadcast(Intent intent) {
        for (JSONObject declared : of("receiver")) {
            JSONArray actions = declared.getJSONArray("actions");
            for (int at = 0; at < actions.length(); at++) {
                if (actions.getString(at).equals(intent.getAction())) {
                    ((BroadcastReceiver) Bench.make(declared.getString("name"))).deliver(Bench.application, intent);
                }
            }
        }
        for (Object key : new ArrayList<>(Bench.memory.keySet())) {
            boolean hears = key instanceof BroadcastReceiver
                    && ((IntentFilter) Bench.memory.get(key)).hasAction(intent.getAction());
            if (hears) {
                ((BroadcastReceiver) key).deliver(Bench.application, intent);
            }
        }
    }

    static void notified(StatusBarNotification notification) {
        services(NotificationListenerService.class).forEach(each -> each.onNotificationPosted(notification));
    }

    static void seen(AccessibilityEvent event) {
        services(AccessibilityService.class).forEach(each -> each.onAccessibilityEvent(event));
    }

    static void pushed(Map<String, String> data) {
        services(com.google.firebase.messaging.FirebaseMessagingService.class).forEach(
                each -> each.onMessageReceived(new com.google.firebase.messaging.RemoteMessage(data)));
    }
}
