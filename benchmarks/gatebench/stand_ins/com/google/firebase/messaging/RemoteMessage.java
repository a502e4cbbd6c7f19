package com.google.firebase.messaging;

import java.util.Map;

public final class RemoteMessage {
    private final Map<String, String> data;

    public RemoteMessage(Map<String, String> data) {
        this.data = data;
    }

    public Map<String, String> getData() {
        return data;
    }

    public Notification getNotification() {
        return data.containsKey("body") ? new Notification(data.get("title"), data.get("body")) : null;
    }

    public String getFrom() {
        return "/topics/news";
    }

    public static class Notification {
        private final String title;
        private final String body;

        Notification(String title, String body) {
            this.title = title;
            this.body = body;
        }

        public String getTitle() {
            return title;
        }

        public String getBody() {
            return body;
        }
    }
}
