package org.json;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

public class JSONObject {
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };
    private final Map<String, Object> values = new LinkedHashMap<>();

    public JSONObject() {
    }

    public JSONObject(String text) throws JSONException {
        Object value = new JSONTokener(text).nextValue();
        if (!(value instanceof JSONObject)) {
            throw new JSONException("Value " + text + " is no object");
        }
        values.putAll(((JSONObject) value).values);
    }

    public JSONObject(Map<?, ?> from) {
        from.forEach((key, value) -> values.put(String.valueOf(key), value));
    }

    public JSONObject put(String key, Object value) throws JSONException {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        return this;
    }

    public JSONObject put(String key, boolean value) throws JSONException {
        return put(key, (Object) value);
    }

    public JSONObject put(String key, int value) throws JSONException {
        return put(key, (Object) value);
    }

    public JSONObject put(String key, long value) throws JSONException {
        return put(key, (Object) value);
    }

    public JSONObject put(String key, double value) throws JSONException {
        return put(key, (Object) value);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public boolean isNull(String key) {
        return !has(key) || values.get(key) == NULL;
    }

    public int length() {
        return values.size();
    }

    public Iterator<String> keys() {
        return values.keySet().iterator();
    }

    public Set<String> keySet() {
        return values.keySet();
    }

    public JSONArray names() {
        return values.isEmpty() ? null : new JSONArray(values.keySet());
    }

    public Object remove(String key) {
        return values.remove(key);
    }

    public Object opt(String key) {
        return values.get(key);
    }

    public Object get(String key) throws JSONException {
        Object value = values.get(key);
        if (value == null) {
            throw new JSONException("No value for " + key);
        }
        return value;
    }

    public String getString(String key) throws JSONException {
        return String.valueOf(get(key));
    }

    public String optString(String key) {
        return optString(key, "");
    }

    public String optString(String key, String otherwise) {
        return has(key) ? String.valueOf(values.get(key)) : otherwise;
    }

    public boolean getBoolean(String key) throws JSONException {
        Object value = get(key);
        if (value instanceof Boolean) {
            return (Boolean) value;
        }
        if ("true".equals(value) || "false".equals(value)) {
            return "true".equals(value);
        }
        throw new JSONException("Value " + value + " at " + key + " is no boolean");
    }

    public boolean optBoolean(String key) {
        return optBoolean(key, false);
    }

    public boolean optBoolean(String key, boolean otherwise) {
        try {
            return getBoolean(key);
        } catch (JSONException missing) {
            return otherwise;
        }
    }

    private Number number(String key) throws JSONException {
        Object value = get(key);
        try {
            return value instanceof Number ? (Number) value : (Number) Double.valueOf(String.valueOf(value));
        } catch (NumberFormatException wrong) {
            throw new JSONException("Value " + value + " at " + key + " is no number");
        }
    }

    public int getInt(String key) throws JSONException {
        return number(key).intValue();
    }

    public int optInt(String key) {
        return optInt(key, 0);
    }

    public int optInt(String key, int otherwise) {
        return (int) optLong(key, otherwise);
    }

    public long getLong(String key) throws JSONException {
        return number(key).longValue();
    }

    public long optLong(String key) {
        return optLong(key, 0);
    }

    public long optLong(String key, long otherwise) {
        try {
            return number(key).longValue();
        } catch (JSONException missing) {
            return otherwise;
        }
    }

    public double getDouble(String key) throws JSONException {
        return number(key).doubleValue();
    }

    public double optDouble(String key, double otherwise) {
        try {
            return number(key).doubleValue();
        } catch (JSONException missing) {
            return otherwise;
        }
    }

    public JSONObject getJSONObject(String key) throws JSONException {
        Object value = get(key);
        if (value instanceof JSONObject) {
            return (JSONObject) value;
        }
        throw new JSONException("Value at " + key + " is no object");
    }

    public JSONObject optJSONObject(String key) {
        Object value = values.get(key);
        return value instanceof JSONObject ? (JSONObject) value : null;
    }

    public JSONArray getJSONArray(String key) throws JSONException {
        Object value = get(key);
        if (value instanceof JSONArray) {
            return (JSONArray) value;
        }
        throw new JSONException("Value at " + key + " is no array");
    }

    public JSONArray optJSONArray(String key) {
        Object value = values.get(key);
        return value instanceof JSONArray ? (JSONArray) value : null;
    }

    public static String quote(String text) {
        StringBuilder made = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == '"' || unit == '\\') {
                made.append('\\').append(unit);
            } else if (unit < 32) {
                made.append(String.format("\\u%04x", (int) unit));
            } else {
                made.append(unit);
            }
        }
        return made.append('"').toString();
    }

    static String written(Object value) {
        return value instanceof CharSequence ? quote(value.toString()) : String.valueOf(value);
    }

    @Override
    public String toString() {
        StringBuilder made = new StringBuilder("{");
        values.forEach((key, value) -> made.append(made.length() > 1 ? "," : "")
                .append(quote(key)).append(':').append(written(value)));
        return made.append('}').toString();
    }
}
