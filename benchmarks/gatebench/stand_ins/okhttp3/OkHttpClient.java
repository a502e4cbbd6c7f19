package okhttp3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.TimeUnit;

public class OkHttpClient {
    public Call newCall(Request request) {
        return new RealCall(request);
    }

    public static final class Builder {
        public Builder connectTimeout(long time, TimeUnit unit) {
            return this;
        }

        public OkHttpClient build() {
            return new OkHttpClient();
        }
    }

    private static final class RealCall implements Call {
        private final Request request;

        RealCall(Request request) {
            this.request = request;
        }

        @Override
        public Request request() {
            return request;
        }

        @Override
        public Response execute() throws IOException {
            HttpURLConnection connection = (HttpURLConnection) new URL(request.url).openConnection();
            for (Map.Entry<String, String> header : request.headers.entrySet()) {
                connection.setRequestProperty(header.getKey(), header.getValue());
            }
            int code = connection.getResponseCode();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            if (code == HttpURLConnection.HTTP_OK) {
                InputStream in = connection.getInputStream();
                for (int one = in.read(); one >= 0; one = in.read()) {
                    content.write(one);
                }
            }
            return new Response(code, new ResponseBody(content.toByteArray()));
        }

        @Override
        public void enqueue(Callback callback) {
            new Thread(() -> {
                try {
                    callback.onResponse(this, execute());
                } catch (IOException cause) {
                    callback.onFailure(this, cause);
                }
            }).start();
        }
    }
}
