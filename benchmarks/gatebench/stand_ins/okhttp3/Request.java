package okhttp3;

import java.util.LinkedHashMap;
import java.util.Map;

public final class Request {
    final String url;
    final Map<String, String> headers;

    private Request(Builder builder) {
        url = builder.url;
        headers = builder.headers;
    }

    public String url() {
        return url;
    }

    public static class Builder {
        private String url;
        private final Map<String, String> headers = new LinkedHashMap<>();

        public Builder url(String address) {
            url = address;
            return this;
        }

        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public Builder get() {
            return this;
        }

        public Request build() {
            return new Request(this);
        }
    }
}
