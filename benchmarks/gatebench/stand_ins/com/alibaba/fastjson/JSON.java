package com.alibaba.fastjson;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;

public abstract class JSON {
    public static JSONObject parseObject(String text) {
        try {
            return new JSONObject(new org.json.JSONObject(text));
        } catch (JSONException cause) {
            throw new IllegalArgumentException(cause);
        }
    }

    public static <T> List<T> parseArray(String text, Class<T> type) {
        try {
            JSONArray array = new JSONArray(text);
            List<T> made = new ArrayList<>();
            for (int at = 0; at < array.length(); at++) {
                made.add(type.cast(array.get(at)));
            }
            return made;
        } catch (JSONException cause) {
            throw new IllegalArgumentException(cause);
        }
    }
}
