package android.media;

import java.io.IOException;
import org.example.bench.Bench;

public class ExifInterface {
    public static final String TAG_IMAGE_DESCRIPTION = "ImageDescription";
    public static final String TAG_ARTIST = "Artist";
    private final String place;

    public ExifInterface(String path) throws IOException {
        place = path.substring(path.lastIndexOf('/') + 1);
    }

    public String getAttribute(String tag) {
        return Bench.part("media").optString(place + "/" + tag, null);
    }
}
