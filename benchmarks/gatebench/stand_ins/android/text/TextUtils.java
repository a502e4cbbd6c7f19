package android.text;

public class TextUtils {
    public static boolean isEmpty(CharSequence text) {
        return text == null || text.length() == 0;
    }

    public static boolean equals(CharSequence one, CharSequence other) {
        return one == other || one != null && other != null && one.toString().equals(other.toString());
    }

    public static String join(CharSequence between, Iterable<?> parts) {
        StringBuilder made = new StringBuilder();
        for (Object part : parts) {
            made.append(made.length() > 0 ? between : "").append(part);
        }
        return made.toString();
    }

    public static String join(CharSequence between, Object[] parts) {
        return join(between, java.util.Arrays.asList(parts));
    }

    public static String[] split(String text, String expression) {
        return text.isEmpty() ? new String[0] : text.split(expression, -1);
    }

    public static int indexOf(CharSequence text, CharSequence part) {
        return text.toString().indexOf(part.toString());
    }

    public static boolean isDigitsOnly(CharSequence text) {
        return text.chars().allMatch(Character::isDigit);
    }
}
