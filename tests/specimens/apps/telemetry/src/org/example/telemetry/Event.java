package org.example.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import org.json.JSONException;
import org.json.JSONObject;

/** One event with its parameters. */
final class Event {
    private final Map<String, String> parameters = new LinkedHashMap<>();

    static Event named(String name) {
        return new Event().with("event", name).with("at", Long.toString(System.currentTimeMillis()));
    }

    Event with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    JSONObject toJson() throws JSONException {
        JSONObject row = new JSONObject();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            row.put(parameter.getKey(), parameter.getValue());
        }
        return row;
    }
}
