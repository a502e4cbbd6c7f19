package android.net;

import android.os.Parcelable;

public class Uri implements Parcelable {
    public static final Uri EMPTY = new Uri("");
    private final String text;

    private Uri(String text) {
        this.text = text;
    }

    public static Uri parse(String text) {
        return new Uri(text);
    }

    public static Uri fromParts(String scheme, String rest, String fragment) {
        return new Uri(scheme + ":" + rest);
    }

    public static Uri withAppendedPath(Uri base, String more) {
        return new Uri(base.text + "/" + more);
    }

    public static String encode(String text) {
        try {
            return java.net.URLEncoder.encode(text, "UTF-8").replace("+", "%20");
        } catch (java.io.UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String decode(String text) {
        try {
            return java.net.URLDecoder.decode(text, "UTF-8");
        } catch (java.io.UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public Builder buildUpon() {
        return new Builder(text);
    }

    public String getScheme() {
        int colon = text.indexOf(':');
        return colon < 0 ? null : text.substring(0, colon);
    }

    public String getSchemeSpecificPart() {
        return text.substring(text.indexOf(':') + 1);
    }

    private String afterScheme() {
        int start = text.indexOf("://");
        return start < 0 ? "" : text.substring(start + 3);
    }

    public String getAuthority() {
        String rest = afterScheme();
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    public String getHost() {
        return getAuthority();
    }

    public String getPath() {
        String rest = afterScheme();
        int slash = rest.indexOf('/');
        int query = rest.indexOf('?');
        return slash < 0 ? "" : rest.substring(slash, query < 0 ? rest.length() : query);
    }

    public String getLastPathSegment() {
        String path = getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public String getQuery() {
        int query = text.indexOf('?');
        return query < 0 ? null : text.substring(query + 1);
    }

    public String getFragment() {
        int fragment = text.indexOf('#');
        return fragment < 0 ? null : decode(text.substring(fragment + 1));
    }

    public String getQueryParameter(String key) {
        String query = getQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            if (pair.startsWith(key + "=")) {
                return decode(pair.substring(key.length() + 1));
            }
        }
        return null;
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Uri && ((Uri) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    public static final class Builder {
        private final StringBuilder made = new StringBuilder();

        public Builder() {
        }

        private Builder(String text) {
            made.append(text);
        }

        public Builder scheme(String value) {
            made.append(value).append("://");
            return this;
        }

        public Builder authority(String value) {
            made.append(value);
            return this;
        }

        public Builder path(String value) {
            made.append(value.startsWith("/") ? "" : "/").append(value);
            return this;
        }

        public Builder appendPath(String value) {
            made.append('/').append(value);
            return this;
        }

        public Builder appendQueryParameter(String key, String value) {
            made.append(made.indexOf("?") < 0 ? '?' : '&').append(key).append('=').append(encode(value));
            return this;
        }

        public Uri build() {
            return new Uri(made.toString());
        }
    }
}
