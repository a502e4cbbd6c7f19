package org.example.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import javax.net.ssl.HttpsURLConnection;

/** Answers what java.net asks for, from the replies of the run; nothing leaves the machine. */
public final class FakeServer {
    private FakeServer() {
    }

    static URLStreamHandler handler(String protocol) {
        if (!protocol.startsWith("http")) {
            return null;
        }
        return new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new Connection(url);
            }
        };
    }

    private static final class Connection extends HttpsURLConnection {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private String reply;
        private boolean asked;

        Connection(URL url) {
            super(url);
        }

        private void ask() {
            if (!asked) {
                asked = true;
                reply = Bench.request(url.toString(), new String(sent.toByteArray(), StandardCharsets.UTF_8));
            }
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public void disconnect() {
            connected = false;
        }

        @Override
        public boolean usingProxy() {
            return false;
        }

        @Override
        public OutputStream getOutputStream() {
            return sent;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            ask();
            if (reply == null) {
                throw new FileNotFoundException(url.toString());
            }
            return new ByteArrayInputStream(reply.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int getResponseCode() {
            ask();
            return reply == null ? HttpURLConnection.HTTP_NOT_FOUND : HttpURLConnection.HTTP_OK;
        }

        @Override
        public String getHeaderField(String name) {
            return Bench.part("headers").optString(name, null);
        }

        @Override
        public String getCipherSuite() {
            return "none";
        }

        @Override
        public Certificate[] getLocalCertificates() {
            return new Certificate[0];
        }

        @Override
        public Certificate[] getServerCertificates() {
            return new Certificate[0];
        }
    }
}
