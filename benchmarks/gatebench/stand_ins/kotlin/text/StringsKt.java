package kotlin.text;

import java.util.Locale;

public final class StringsKt {
    private StringsKt() {
    }

    public static boolean contains(CharSequence text, CharSequence part, boolean ignoreCase) {
        return indexOf(text, part.toString(), 0, ignoreCase) >= 0;
    }

    public static boolean contains$default(CharSequence text, CharSequence part, boolean ignoreCase, int mask, Object m) {
        return contains(text, part, (mask & 2) == 0 && ignoreCase);
    }

    public static int indexOf(CharSequence text, String part, int from, boolean ignoreCase) {
        return folded(text, ignoreCase).indexOf(folded(part, ignoreCase), from);
    }

    public static boolean startsWith(String text, String part, boolean ignoreCase) {
        return text.regionMatches(ignoreCase, 0, part, 0, part.length());
    }

    public static boolean equals(String text, String other, boolean ignoreCase) {
        return text == null ? other == null : ignoreCase ? text.equalsIgnoreCase(other) : text.equals(other);
    }

    public static CharSequence trim(CharSequence text) {
        return text.toString().trim();
    }

    private static String folded(CharSequence text, boolean ignoreCase) {
        return ignoreCase ? text.toString().toLowerCase(Locale.ROOT) : text.toString();
    }
}
