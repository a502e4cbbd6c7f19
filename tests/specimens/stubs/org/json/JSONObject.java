package org.json;

public class JSONObject {
    public JSONObject() { }
    public JSONObject(String text) throws JSONException { throw new RuntimeException("stub"); }
    public JSONObject put(String key, Object value) throws JSONException { throw new RuntimeException("stub"); }
    public JSONObject put(String key, long value) throws JSONException { throw new RuntimeException("stub"); }
    public JSONObject put(String key, boolean value) throws JSONException { throw new RuntimeException("stub"); }
    public boolean has(String key) { throw new RuntimeException("stub"); }
    public boolean optBoolean(String key, boolean fallback) { throw new RuntimeException("stub"); }
    public int optInt(String key, int fallback) { throw new RuntimeException("stub"); }
    public long optLong(String key, long fallback) { throw new RuntimeException("stub"); }
    public String optString(String key) { throw new RuntimeException("stub"); }
    public String getString(String key) throws JSONException { throw new RuntimeException("stub"); }
    public JSONArray getJSONArray(String key) throws JSONException { throw new RuntimeException("stub"); }
    public JSONArray optJSONArray(String key) { throw new RuntimeException("stub"); }
}
