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

/** Loads the classes of an application anew; constants that name a place of the device then name it below a folder. */
final class AppLoader extends URLClassLoader {
    private static final Pattern PLACE = Pattern.compile("/(?:system|vendor|product|data|sdcard|storage)/.*");
    private static final int UTF8 = 1;
    private static final int[] SIZES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};
    private final String root;

    AppLoader(File classes, File root) throws MalformedURLException {
        super(new URL[] {classes.toURI().toURL()}, AppLoader.class.getClassLoader());
        this.root = root.getPath();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = moved(new DataInputStream(in));
            return defineClass(name, code, 0, code.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private byte[] moved(DataInputStream in) throws IOException {
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
                out.writeUTF(PLACE.matcher(text).matches() ? root + text : text);
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
