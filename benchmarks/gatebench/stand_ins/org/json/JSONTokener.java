package org.json;

public class JSONTokener {
    private final String text;
    private int at;

    public JSONTokener(String text) {
        this.text = text;
    }

    public Object nextValue() throws JSONException {
        char next = skip();
        if (next == '{') {
            return object();
        }
        if (next == '[') {
            return array();
        }
        return next == '"' ? string() : word();
    }

    private char skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length()) {
            throw new JSONException("End of input at character " + at);
        }
        return text.charAt(at);
    }

    private JSONObject object() {
        JSONObject made = new JSONObject();
        at++;
        while (skip() != '}') {
            String key = string();
            expect(':');
            made.put(key, nextValue());
            if (skip() == ',') {
                at++;
            }
        }
        at++;
        return made;
    }

    private JSONArray array() {
        JSONArray made = new JSONArray();
        at++;
        while (skip() != ']') {
            made.put(nextValue());
            if (skip() == ',') {
                at++;
            }
        }
        at++;
        return made;
    }

    private void expect(char wanted) {
        if (skip() != wanted) {
            throw new JSONException("Expected " + wanted + " at character " + at);
        }
        at++;
    }

    private String string() {
        expect('"');
        StringBuilder made = new StringBuilder();
        for (; at < text.length() && text.charAt(at) != '"'; at++) {
            made.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
        }
        at++;
        return made.toString();
    }

    private char escape() {
        char kind = text.charAt(++at);
        int plain = "nrtbf".indexOf(kind);
        if (kind == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 3, at + 1), 16);
        }
        return plain < 0 ? kind : "\n\r\t\b\f".charAt(plain);
    }

    private Object word() {
        int start = at;
        while (at < text.length() && ",]}:".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        switch (word) {
            case "true": return Boolean.TRUE;
            case "false": return Boolean.FALSE;
            case "null": return JSONObject.NULL;
            default: return number(word);
        }
    }

    private static Object number(String word) {
        try {
            if (word.matches("-?\\d+")) {
                long value = Long.parseLong(word);
                return value == (int) value ? (Object) (int) value : (Object) value;
            }
            return Double.valueOf(word);
        } catch (NumberFormatException wrong) {
            throw new JSONException("Value " + word + " of unknown type");
        }
    }
}
