package com.squareup.moshi;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

public final class Moshi {
    public static final class Builder {
        public Moshi build() {
            return new Moshi();
        }
    }

    public <T> JsonAdapter<T> adapter(Class<T> type) {
        return new JsonAdapter<T>() {
            @Override
            public T fromJson(String text) throws IOException {
                try {
                    return type.cast(read(new JSONObject(text), type));
                } catch (JSONException | ReflectiveOperationException cause) {
                    throw new IOException(cause);
                }
            }
        };
    }

    private static Object read(JSONObject json, Class<?> type) throws JSONException, ReflectiveOperationException {
        Constructor<?> maker = type.getDeclaredConstructor();
        maker.setAccessible(true);
        Object made = maker.newInstance();
        for (Field field : type.getDeclaredFields()) {
            Json named = field.getAnnotation(Json.class);
            Object value = json.opt(named == null ? field.getName() : named.name());
            if (value != null) {
                field.setAccessible(true);
                field.set(made, value instanceof JSONArray ? elements((JSONArray) value, field) : value);
            }
        }
        return made;
    }

    private static List<Object> elements(JSONArray array, Field field)
            throws JSONException, ReflectiveOperationException {
        Class<?> element = (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        List<Object> made = new ArrayList<>();
        for (int at = 0; at < array.length(); at++) {
            Object value = array.get(at);
            made.add(value instanceof JSONObject ? read((JSONObject) value, element) : value);
        }
        return made;
    }
}
