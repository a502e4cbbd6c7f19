package android.os;

import org.example.bench.Bench;

/** The world's properties; those that hold the profile's market are put there by the bench. */
public class SystemProperties {
    public static String get(String name) {
        return get(name, "");
    }

    public static String get(String name, String otherwise) {
        String value = Bench.part("properties").optString(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    public static int getInt(String name, int otherwise) {
        String value = get(name);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    public static boolean getBoolean(String name, boolean otherwise) {
        String value = get(name);
        return value.isEmpty() ? otherwise : value.equals("1") || value.equals("true") || value.equals("y");
    }
}
