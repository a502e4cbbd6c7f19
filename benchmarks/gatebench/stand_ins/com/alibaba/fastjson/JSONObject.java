package com.alibaba.fastjson;

public class JSONObject extends JSON {
    private final org.json.JSONObject inner;

    JSONObject(org.json.JSONObject inner) {
        this.inner = inner;
    }

    public String getString(String key) {
        Object value = inner.opt(key);
        return value == null ? null : value.toString();
    }

    public boolean getBooleanValue(String key) {
        return inner.optBoolean(key, false);
    }

    public int getIntValue(String key) {
        return inner.optInt(key, 0);
    }
}
