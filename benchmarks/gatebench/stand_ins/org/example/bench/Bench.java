package org.example.bench;

import android.app.Activity;
import android.app.Application;
import android.app.Service;
import android.content.BroadcastReceiver;
import android.content.ClipboardManager;
import android.content.ContentProvider;
import android.content.Context;
import android.content.Intent;
import android.view.View;
import android.webkit.WebView;
import android.widget.EditText;
import android.widget.SearchView;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;

/** What happens in one run: the world outside, the application, and the recorder of effects. Reset before each run. */
public final class Bench {
    /** World of the run, as JSON: replies, preferences, settings, properties, providers, profile, strings, arrays … */
    public static JSONObject world = new JSONObject();
    /** Anything that a stand-in keeps for the length of a run. */
    public static final Map<Object, Object> memory = Collections.synchronizedMap(new HashMap<>());
    public static ClassLoader loader = Bench.class.getClassLoader();
    public static File root = new File("device");
    public static Application application;
    public static final List<View> views = Collections.synchronizedList(new ArrayList<>());
    public static final List<WebView> pages = Collections.synchronizedList(new ArrayList<>());
    public static String typed = "";
    private static final List<String[]> EFFECTS = Collections.synchronizedList(new ArrayList<>());

    private Bench() {
    }

    public static void reset(JSONObject newWorld, ClassLoader newLoader, File newRoot) {
        world = newWorld;
        loader = newLoader;
        root = newRoot;
        application = null;
        typed = "";
        memory.clear();
        views.clear();
        pages.clear();
        EFFECTS.clear();
        android.os.Build.reset();
        java.util.Locale.setDefault(java.util.Locale.forLanguageTag(profile("locale")));
        Clock.reset();
    }

    /** Records that something happened that a user, a server or a later run could notice. */
    public static void effect(String kind, Object detail) {
        EFFECTS.add(new String[] {kind, String.valueOf(detail)});
    }

    public static List<String[]> effects() {
        synchronized (EFFECTS) {
            return new ArrayList<>(EFFECTS);
        }
    }

    public static void clearEffects() {
        EFFECTS.clear();
    }

    /** Returns the part of the world of that name, empty where there is none. */
    public static JSONObject part(String name) {
        if (!(world.opt(name) instanceof JSONObject)) {
            world.put(name, new JSONObject());
        }
        return world.getJSONObject(name);
    }

    public static String profile(String name) {
        return part("profile").optString(name, "");
    }

    /** Returns the reply to a request, or null where it fails; records the request with what it sends. */
    public static String request(String url, String sent) {
        effect("network", url + (sent == null || sent.isEmpty() ? "" : " " + sent));
        JSONObject replies = part("replies");
        int query = url.indexOf('?');
        String bare = query < 0 ? url : url.substring(0, query);
        return replies.has(url) ? replies.optString(url) : replies.has(bare) ? replies.optString(bare) : null;
    }

    public static Object make(String className) {
        try {
            java.lang.reflect.Constructor<?> maker = Class.forName(className, true, loader).getDeclaredConstructor();
            maker.setAccessible(true);
            return maker.newInstance();
        } catch (java.lang.reflect.InvocationTargetException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    public static void application(String className) {
        application = (Application) make(className);
        Components.providers();
        application.onCreate();
        Clock.settle();
    }

    /** Starts an activity of the application and returns it. */
    public static <T extends Activity> T open(Class<T> type) {
        return open(type, new Intent(application, type));
    }

    public static <T extends Activity> T open(Class<T> type, Intent intent) {
        T made = type.cast(make(type.getName()));
        made.begin(intent);
        Clock.settle();
        return made;
    }

    public static <T extends Activity> T activity(Class<T> type) {
        return open(type);
    }

    public static <T extends Activity> T activity(Class<T> type, Intent intent) {
        return open(type, intent);
    }

    public static void service(Intent intent) {
        application.startService(intent);
        Clock.settle();
    }

    public static void service(Class<? extends Service> type, Intent intent) {
        service(intent.setClass(application, type));
    }

    public static void receive(Class<? extends BroadcastReceiver> type, Intent intent) {
        ((BroadcastReceiver) make(type.getName())).deliver(application, intent);
        Clock.settle();
    }

    /** Delivers an intent to every receiver, declared or registered, that listens to its action. */
    public static void broadcast(Intent intent) {
        Components.broadcast(intent);
        Clock.settle();
    }

    public static ContentProvider provider(Class<? extends ContentProvider> type) {
        ContentProvider made = (ContentProvider) make(type.getName());
        made.onCreate();
        return made;
    }

    /** Types into every field, now and later. */
    public static void type(String text) {
        typed = text;
        for (View view : new ArrayList<>(views)) {
            if (view instanceof EditText) {
                ((EditText) view).typed(text);
            }
        }
        Clock.settle();
    }

    public static void type(Activity screen, int id, String text) {
        for (View view : withId(id)) {
            ((EditText) view).typed(text);
        }
        Clock.settle();
    }

    private static List<View> withId(int id) {
        List<View> found = new ArrayList<>(views);
        found.removeIf(view -> view.getId() != id);
        if (found.isEmpty()) {
            throw new IllegalStateException("no view " + id);
        }
        return found;
    }

    public static void click() {
        new ArrayList<>(views).forEach(View::performClick);
        Clock.settle();
    }

    public static void click(int id) {
        withId(id).forEach(View::performClick);
        Clock.settle();
    }

    public static void click(Activity screen, int id) {
        click(id);
    }

    public static void submit(String text) {
        for (View view : new ArrayList<>(views)) {
            if (view instanceof SearchView) {
                ((SearchView) view).submitted(text);
            }
        }
        Clock.settle();
    }

    public static void query(Activity screen, int id, String text) {
        withId(id).forEach(view -> ((SearchView) view).submitted(text));
        Clock.settle();
    }

    public static void clip(String text) {
        ((ClipboardManager) application.getSystemService(Context.CLIPBOARD_SERVICE)).copied(text);
        Clock.settle();
    }

    /** Delivers a message to the receivers of messages; it also stands in the inbox. */
    public static void sms(String sender, String text) {
        row("content://sms/inbox", "address", sender, "body", text);
        broadcast(sms(text).putExtra("format", "3gpp"));
    }

    public static Intent sms(String text) {
        byte[] unit = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Intent("android.provider.Telephony.SMS_RECEIVED").putExtra("pdus", new Object[] {unit});
    }

    /** Has every page that is there visit an address. */
    public static void page(String url, String title) {
        page(url, title, "");
        new ArrayList<>(pages).forEach(page -> page.visited(url));
        Clock.settle();
    }

    /** Sets what stands at an address. */
    public static void page(String url, String title, String body) {
        part("pages").put(url, new JSONObject().put("title", title).put("body", body));
    }

    /** Follows a link in a page. */
    public static void follow(Activity screen, int id, String url) {
        withId(id).forEach(page -> ((WebView) page).visited(url));
        Clock.settle();
    }

    public static void notification(String owner, String title, String text) {
        Components.notified(new android.service.notification.StatusBarNotification(owner, title, text));
        Clock.settle();
    }

    /** Shows a text on the screen to those who watch it. */
    public static void screen(String text) {
        Components.seen(new android.view.accessibility.AccessibilityEvent(text));
        Clock.settle();
    }

    /** Writes a line into the log of the device. */
    public static void logged(String line) {
        memory.put("log", memory.getOrDefault("log", "") + line + "\n");
    }

    /** Adds a row to a provider of the device: names and values by turns. */
    public static void row(String uri, String... pairs) {
        JSONObject row = new JSONObject();
        for (int at = 0; at < pairs.length; at += 2) {
            row.put(pairs[at], pairs[at + 1]);
        }
        if (part("providers").optJSONArray(uri) == null) {
            part("providers").put(uri, new JSONArray());
        }
        part("providers").getJSONArray(uri).put(row);
    }

    public static void location(String town) {
        memory.put("town", town);
    }

    /** Installs an application, which receivers of that are told. */
    public static void install(String owner, String label) {
        part("labels").put(owner, label);
        broadcast(new Intent(Intent.ACTION_PACKAGE_ADDED, android.net.Uri.parse("package:" + owner)));
    }

    public static void model(String text) {
        android.os.Build.MODEL = text;
    }

    public static void downloaded(String name) {
        file("sdcard/Download/" + name, "");
    }

    /** Puts a file on the device. */
    public static void file(String place, String content) {
        File file = new File(root, place);
        file.getParentFile().mkdirs();
        try (java.io.FileWriter out = new java.io.FileWriter(file)) {
            out.write(content);
        } catch (java.io.IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    public static void reply(String url, String body) {
        part("replies").put(url, body);
    }

    /** Delivers a push message: keys and values by turns. */
    public static void push(String... pairs) {
        Map<String, String> data = new HashMap<>();
        for (int at = 0; at < pairs.length; at += 2) {
            data.put(pairs[at], pairs[at + 1]);
        }
        Components.pushed(data);
        Clock.settle();
    }

    /** Delivers the push messages of the world. */
    public static void deliver() {
        JSONArray messages = world.optJSONArray("push");
        for (int at = 0; messages != null && at < messages.length(); at++) {
            Map<String, String> data = new HashMap<>();
            JSONObject message = messages.getJSONObject(at);
            message.keySet().forEach(key -> data.put(key, message.getString(key)));
            Components.pushed(data);
        }
        Clock.settle();
    }
}
