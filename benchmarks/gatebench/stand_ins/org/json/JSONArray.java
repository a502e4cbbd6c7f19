package org.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

public class JSONArray {
    private final List<Object> values = new ArrayList<>();

    public JSONArray() {
    }

    public JSONArray(String text) throws JSONException {
        Object value = new JSONTokener(text).nextValue();
        if (!(value instanceof JSONArray)) {
            throw new JSONException("Value " + text + " is no array");
        }
        values.addAll(((JSONArray) value).values);
    }

    public JSONArray(Collection<?> from) {
        values.addAll(from);
    }

    public int length() {
        return values.size();
    }

    public JSONArray put(Object value) {
        values.add(value);
        return this;
    }

    public Object get(int index) throws JSONException {
        Object value = opt(index);
        if (value == null) {
            throw new JSONException("Index " + index + " out of range");
        }
        return value;
    }

    public Object opt(int index) {
        return index < 0 || index >= values.size() ? null : values.get(index);
    }

    public String getString(int index) throws JSONException {
        return String.valueOf(get(index));
    }

    public String optString(int index) {
        return optString(index, "");
    }

    public String optString(int index, String otherwise) {
        Object value = opt(index);
        return value == null ? otherwise : String.valueOf(value);
    }

    public int getInt(int index) throws JSONException {
        return ((Number) get(index)).intValue();
    }

    public boolean getBoolean(int index) throws JSONException {
        return (Boolean) get(index);
    }

    public JSONObject getJSONObject(int index) throws JSONException {
        return (JSONObject) get(index);
    }

    public JSONObject optJSONObject(int index) {
        Object value = opt(index);
        return value instanceof JSONObject ? (JSONObject) value : null;
    }

    public JSONArray getJSONArray(int index) throws JSONException {
        return (JSONArray) get(index);
    }

    public boolean isNull(int index) {
        return opt(index) == null || opt(index) == JSONObject.NULL;
    }

    @Override
    public String toString() {
        StringBuilder made = new StringBuilder("[");
        for (Object value : values) {
            made.append(made.length() > 1 ? "," : "").append(JSONObject.written(value));
        }
        return made.append(']').toString();
    }
}
