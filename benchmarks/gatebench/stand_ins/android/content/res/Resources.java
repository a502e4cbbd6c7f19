package android.content.res;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.example.bench.Bench;
import org.json.JSONArray;

/** Finds a resource by the name that the class R of the application gives its number. */
public class Resources {
    public static class NotFoundException extends RuntimeException {
        public NotFoundException(String name) {
            super(name);
        }
    }

    public static Resources getSystem() {
        return new Resources();
    }

    private static String name(String kind, int id) {
        try {
            Class<?> type = Class.forName(Bench.world.optString("package") + ".R$" + kind, true, Bench.loader);
            for (Field field : type.getFields()) {
                if (field.getInt(null) == id) {
                    return field.getName();
                }
            }
        } catch (ReflectiveOperationException missing) {
            throw new NotFoundException(kind + " " + id);
        }
        throw new NotFoundException(kind + " " + id);
    }

    public int getIdentifier(String name, String kind, String owner) {
        try {
            Class<?> type = Class.forName(Bench.world.optString("package") + ".R$" + kind, true, Bench.loader);
            return type.getField(name).getInt(null);
        } catch (ReflectiveOperationException missing) {
            return 0;
        }
    }

    public String getString(int id) {
        return Bench.part("strings").getString(name("string", id));
    }

    public String getString(int id, Object... arguments) {
        return String.format(getString(id), arguments);
    }

    public CharSequence getText(int id) {
        return getString(id);
    }

    public boolean getBoolean(int id) {
        return Bench.part("bools").getBoolean(name("bool", id));
    }

    public int getInteger(int id) {
        return Bench.part("integers").getInt(name("integer", id));
    }

    public String[] getStringArray(int id) {
        JSONArray found = Bench.part("arrays").getJSONArray(name("array", id));
        String[] made = new String[found.length()];
        for (int at = 0; at < made.length; at++) {
            made[at] = found.getString(at);
        }
        return made;
    }

    public CharSequence[] getTextArray(int id) {
        return getStringArray(id);
    }

    public InputStream openRawResource(int id) {
        String content = Bench.part("raw").getString(name("raw", id));
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    public android.content.res.XmlResourceParser getXml(int id) {
        return new org.example.bench.XmlText(Bench.part("xml").getString(name("xml", id)));
    }

    public AssetManager getAssets() {
        return new AssetManager();
    }

    public Configuration getConfiguration() {
        return new Configuration();
    }
}
