package org.example.notes;

import org.json.JSONException;
import org.json.JSONObject;

final class Note {
    final String title;
    final String body;
    final long at;

    Note(String title, String body, long at) {
        this.title = title;
        this.body = body;
        this.at = at;
    }

    JSONObject toJson() throws JSONException {
        return new JSONObject().put("title", title).put("body", body).put("at", at);
    }

    static Note of(JSONObject row) {
        return new Note(row.optString("title"), row.optString("body"), row.optLong("at", 0));
    }
}
