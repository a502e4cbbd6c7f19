package android.content.res;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.example.bench.Bench;
import org.json.JSONObject;

public final class AssetManager {
    public InputStream open(String name) throws IOException {
        JSONObject assets = Bench.part("assets");
        if (!assets.has(name)) {
            throw new FileNotFoundException(name);
        }
        return new ByteArrayInputStream(assets.getString(name).getBytes(StandardCharsets.UTF_8));
    }

    public InputStream open(String name, int mode) throws IOException {
        return open(name);
    }

    public String[] list(String folder) {
        return Bench.part("assets").keySet().toArray(new String[0]);
    }
}
