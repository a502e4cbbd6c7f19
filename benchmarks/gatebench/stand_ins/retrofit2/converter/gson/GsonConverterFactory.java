package retrofit2.converter.gson;

public final class GsonConverterFactory {
    private GsonConverterFactory() {
    }

    public static GsonConverterFactory create() {
        return new GsonConverterFactory();
    }
}
