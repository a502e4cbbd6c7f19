package android.content.pm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.example.bench.Bench;

public class PackageInstaller {
    public static class SessionParams {
        public static final int MODE_FULL_INSTALL = 1;
        private String name = "";

        public SessionParams(int mode) {
        }

        public void setAppPackageName(String value) {
            name = value;
        }
    }

    public static class Session {
        private final String name;

        Session(String name) {
            this.name = name;
        }

        public OutputStream openWrite(String part, long offset, long length) throws IOException {
            return new ByteArrayOutputStream();
        }

        public void commit(android.content.IntentSender receiver) {
            Bench.effect("install", name);
        }

        public void abandon() {
            Bench.effect("stop", "install " + name);
        }

        public void close() {
        }
    }

    public int createSession(SessionParams parameters) throws IOException {
        Bench.memory.put("session", parameters.name);
        return 1;
    }

    public Session openSession(int id) throws IOException {
        return new Session((String) Bench.memory.get("session"));
    }
}
