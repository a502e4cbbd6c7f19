package org.example.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.regex.Pattern;
import org.json.JSONArray;

/**
 * Loads the classes of an application anew: constants that name a place of the device then name it below a folder, a class
 * that is played takes the place of one with native methods, and processes are those of the bench.
 */
final class AppLoader extends URLClassLoader {
    private static final Pattern PLACE = Pattern.compile("/(?:system|vendor|product|data|sdcard|storage)/.*");
    private static final String PLAYED = "Played";
    private static final String[][] BENT = {
        {"java/lang/Runtime", "org/example/bench/PlayedRuntime"},
        {"java/lang/ProcessBuilder", "org/example/bench/PlayedProcesses"},
    };
    private static final int UTF8 = 1;
    private static final int[] SIZES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};
    private final String root;

    AppLoader(JSONArray classes, File root) throws MalformedURLException {
        super(places(classes), AppLoader.class.getClassLoader());
        this.root = root.getPath();
    }

    private static URL[] places(JSONArray classes) throws MalformedURLException {
        URL[] found = new URL[classes.length()];
        for (int at = 0; at < found.length; at++) {
            found[at] = new File(classes.getString(at)).toURI().toURL();
        }
        return found;
    }

    /** An application's own Kotlin comes before the stand-ins that imitate it. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            boolean own = name.startsWith("kotlin") && findResource(name.replace('.', '/') + ".class") != null;
            Class<?> loaded = own ? findLoadedClass(name) : super.loadClass(name, resolve);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/');
        String played = path.substring(0, path.lastIndexOf('/') + 1) + PLAYED + path.substring(path.lastIndexOf('/') + 1);
        boolean plays = findResource(played + ".class") != null;
        URL place = findResource((plays ? played : path) + ".class");
        if (place == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = place.openStream()) {
            byte[] code = moved(new DataInputStream(in), played, path);
            return defineClass(name, code, 0, code.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    /** Leads to the bench what would start processes of the machine that it runs on. */
    private static String bent(String text) {
        for (String[] pair : BENT) {
            if (text.equals(pair[0]) || text.contains("L" + pair[0] + ";")) {
                text = text.replace(pair[0], pair[1]);
            }
        }
        return text;
    }

    private byte[] moved(DataInputStream in, String played, String path) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(made);
        out.writeLong(in.readLong());
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int at = 1; at < count; at++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                String text = in.readUTF();
                out.writeUTF(PLACE.matcher(text).matches() ? root + text : bent(text.replace(played, path)));
            } else {
                byte[] rest = new byte[SIZES[tag]];
                in.readFully(rest);
                out.write(rest);
            }
            at += tag == 5 || tag == 6 ? 1 : 0;
        }
        byte[] block = new byte[8192];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            out.write(block, 0, read);
        }
        return made.toByteArray();
    }
}
