package com.google.gson;

import com.google.gson.annotations.SerializedName;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

public final class Gson {
    public <T> T fromJson(String text, Class<T> type) {
        try {
            return type.cast(object(new JSONObject(text), type));
        } catch (JSONException | ReflectiveOperationException cause) {
            throw new JsonSyntaxException(cause);
        }
    }

    private Object object(JSONObject json, Class<?> type) throws JSONException, ReflectiveOperationException {
        Constructor<?> maker = type.getDeclaredConstructor();
        maker.setAccessible(true);
        Object made = maker.newInstance();
        for (Field field : type.getDeclaredFields()) {
            SerializedName given = field.getAnnotation(SerializedName.class);
            Object value = json.opt(given == null ? field.getName() : given.value());
            if (value != null && value != JSONObject.NULL && !Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                field.set(made, converted(value, field.getType(), field.getGenericType()));
            }
        }
        return made;
    }

    private Object converted(Object value, Class<?> type, Type generic)
            throws JSONException, ReflectiveOperationException {
        if (value instanceof JSONObject) {
            return object((JSONObject) value, type);
        }
        if (value instanceof JSONArray) {
            return elements((JSONArray) value, type, generic);
        }
        if (type == int.class || type == Integer.class) {
            return ((Number) value).intValue();
        }
        return type == long.class ? (Object) ((Number) value).longValue() : value;
    }

    private Object elements(JSONArray array, Class<?> type, Type generic)
            throws JSONException, ReflectiveOperationException {
        if (type == String[].class) {
            String[] texts = new String[array.length()];
            for (int at = 0; at < texts.length; at++) {
                texts[at] = array.getString(at);
            }
            return texts;
        }
        Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
        Collection<Object> made = Set.class.isAssignableFrom(type) ? new HashSet<>() : new ArrayList<>();
        for (int at = 0; at < array.length(); at++) {
            made.add(converted(array.get(at), element, element));
        }
        return made;
    }
}
