package retrofit2;

import com.google.gson.Gson;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import retrofit2.converter.gson.GsonConverterFactory;
import retrofit2.http.GET;

public final class Retrofit {
    private final String base;
    private final OkHttpClient client;

    private Retrofit(String base, OkHttpClient client) {
        this.base = base;
        this.client = client;
    }

    @SuppressWarnings("unchecked")
    public <T> T create(Class<T> api) {
        return (T) Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api},
                (proxy, method, arguments) -> new Made<>(method));
    }

    private final class Made<B> implements Call<B> {
        private final String address;
        private final Class<?> type;

        Made(Method method) {
            String path = method.getAnnotation(GET.class).value();
            address = base + (path.startsWith("/") && base.endsWith("/") ? path.substring(1) : path);
            type = (Class<?>) ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
        }

        @Override
        @SuppressWarnings("unchecked")
        public Response<B> execute() throws IOException {
            okhttp3.Response answer = client.newCall(new Request.Builder().url(address).build()).execute();
            B body = answer.isSuccessful() ? (B) new Gson().fromJson(answer.body().string(), type) : null;
            return new Response<>(answer.code(), body);
        }

        @Override
        public void enqueue(Callback<B> callback) {
            new Thread(() -> {
                try {
                    callback.onResponse(this, execute());
                } catch (IOException | RuntimeException cause) {
                    callback.onFailure(this, cause);
                }
            }).start();
        }
    }

    public static final class Builder {
        private String base = "";
        private OkHttpClient client = new OkHttpClient();

        public Builder baseUrl(String address) {
            base = address;
            return this;
        }

        public Builder client(OkHttpClient newClient) {
            client = newClient;
            return this;
        }

        public Builder addConverterFactory(GsonConverterFactory factory) {
            return this;
        }

        public Retrofit build() {
            return new Retrofit(base, client);
        }
    }
}
