package org.example.clock;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;

/** Corrects the phone's clock by the Date header of one server. */
final class ServerTime implements Runnable {
    private volatile long offset;

    long now() {
        return System.currentTimeMillis() + offset;
    }

    String text() {
        return new SimpleDateFormat("HH:mm:ss", Locale.ROOT).format(new Date(now()));
    }

    @Override
    public void run() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL("https://time.example.test/now").openConnection();
            connection.setRequestMethod("HEAD");
            offset = connection.getDate() - System.currentTimeMillis();
            connection.disconnect();
        } catch (IOException unreachable) {
            offset = 0;
        }
    }
}
