package org.example.bench;

import android.content.SharedPreferences;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONObject;

/** One file of preferences; the world gives what others put there, as "file/key". */
public final class Preferences implements SharedPreferences {
    private final String name;
    private final Map<String, Object> values = new HashMap<>();
    private final Set<OnSharedPreferenceChangeListener> listeners = new LinkedHashSet<>();

    public Preferences(String name) {
        this.name = name;
        JSONObject given = Bench.part("preferences");
        for (String key : given.keySet()) {
            if (key.startsWith(name + "/")) {
                values.put(key.substring(name.length() + 1), value(given.get(key)));
            }
        }
    }

    private static Object value(Object given) {
        if (!(given instanceof JSONArray)) {
            return given;
        }
        Set<String> made = new LinkedHashSet<>();
        for (int at = 0; at < ((JSONArray) given).length(); at++) {
            made.add(((JSONArray) given).getString(at));
        }
        return made;
    }

    @Override
    public Map<String, ?> getAll() {
        return new HashMap<>(values);
    }

    @Override
    public String getString(String key, String otherwise) {
        return values.containsKey(key) ? (String) values.get(key) : otherwise;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Set<String> getStringSet(String key, Set<String> otherwise) {
        return values.containsKey(key) ? new HashSet<>((Set<String>) values.get(key)) : otherwise;
    }

    @Override
    public int getInt(String key, int otherwise) {
        return values.containsKey(key) ? ((Number) values.get(key)).intValue() : otherwise;
    }

    @Override
    public long getLong(String key, long otherwise) {
        return values.containsKey(key) ? ((Number) values.get(key)).longValue() : otherwise;
    }

    @Override
    public float getFloat(String key, float otherwise) {
        return values.containsKey(key) ? ((Number) values.get(key)).floatValue() : otherwise;
    }

    @Override
    public boolean getBoolean(String key, boolean otherwise) {
        return values.containsKey(key) ? (Boolean) values.get(key) : otherwise;
    }

    @Override
    public boolean contains(String key) {
        return values.containsKey(key);
    }

    @Override
    public Editor edit() {
        return new Changes();
    }

    @Override
    public void registerOnSharedPreferenceChangeListener(OnSharedPreferenceChangeListener listener) {
        listeners.add(listener);
    }

    @Override
    public void unregisterOnSharedPreferenceChangeListener(OnSharedPreferenceChangeListener listener) {
        listeners.remove(listener);
    }

    private final class Changes implements Editor {
        private final Map<String, Object> changed = new java.util.LinkedHashMap<>();

        private Editor put(String key, Object value) {
            changed.put(key, value);
            return this;
        }

        @Override
        public Editor putString(String key, String value) {
            return put(key, value);
        }

        @Override
        public Editor putStringSet(String key, Set<String> value) {
            return put(key, value == null ? null : new HashSet<>(value));
        }

        @Override
        public Editor putInt(String key, int value) {
            return put(key, value);
        }

        @Override
        public Editor putLong(String key, long value) {
            return put(key, value);
        }

        @Override
        public Editor putFloat(String key, float value) {
            return put(key, value);
        }

        @Override
        public Editor putBoolean(String key, boolean value) {
            return put(key, value);
        }

        @Override
        public Editor remove(String key) {
            return put(key, null);
        }

        @Override
        public Editor clear() {
            values.clear();
            return this;
        }

        @Override
        public void apply() {
            commit();
        }

        @Override
        public boolean commit() {
            changed.forEach((key, value) -> {
                if (value == null) {
                    values.remove(key);
                } else {
                    values.put(key, value);
                }
                Bench.effect("store", "preference " + name + "/" + key + " " + value);
            });
            for (OnSharedPreferenceChangeListener listener : new LinkedHashSet<>(listeners)) {
                changed.keySet().forEach(key -> listener.onSharedPreferenceChanged(Preferences.this, key));
            }
            return true;
        }
    }
}
