package android.provider;

import android.content.ContentResolver;
import org.example.bench.Bench;

/** The settings of the world, by name. */
public final class Settings {
    public static class SettingNotFoundException extends Exception {
        public SettingNotFoundException(String name) {
            super(name);
        }
    }

    private static String text(String name) {
        return Bench.part("settings").optString(name, null);
    }

    private static int number(String name, int otherwise) {
        String value = text(name);
        return value == null ? otherwise : value.equals("true") ? 1 : value.equals("false") ? 0 : Integer.parseInt(value);
    }

    private static int number(String name) throws SettingNotFoundException {
        if (text(name) == null) {
            throw new SettingNotFoundException(name);
        }
        return number(name, 0);
    }

    public static final class System {
        public static String getString(ContentResolver resolver, String name) {
            return text(name);
        }

        public static int getInt(ContentResolver resolver, String name, int otherwise) {
            return number(name, otherwise);
        }

        public static int getInt(ContentResolver resolver, String name) throws SettingNotFoundException {
            return number(name);
        }
    }

    public static final class Secure {
        public static final String ANDROID_ID = "android_id";

        public static String getString(ContentResolver resolver, String name) {
            return text(name);
        }

        public static int getInt(ContentResolver resolver, String name, int otherwise) {
            return number(name, otherwise);
        }

        public static int getInt(ContentResolver resolver, String name) throws SettingNotFoundException {
            return number(name);
        }
    }

    public static final class Global {
        public static String getString(ContentResolver resolver, String name) {
            return text(name);
        }

        public static int getInt(ContentResolver resolver, String name, int otherwise) {
            return number(name, otherwise);
        }

        public static int getInt(ContentResolver resolver, String name) throws SettingNotFoundException {
            return number(name);
        }
    }
}
