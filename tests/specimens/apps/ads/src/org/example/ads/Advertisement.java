package org.example.ads;

import org.json.JSONObject;

final class Advertisement {
    final String title;
    final String body;
    final String link;

    private Advertisement(String title, String body, String link) {
        this.title = title;
        this.body = body;
        this.link = link;
    }

    static Advertisement of(JSONObject row) {
        return new Advertisement(row.optString("title"), row.optString("body"), row.optString("link"));
    }
}
