package android.media;

import org.example.bench.Bench;

/** Knows the metadata that the bench put beside a file ("media" of the world: place/key -> text). */
public class MediaMetadataRetriever {
    public static final int METADATA_KEY_ALBUM = 1;
    public static final int METADATA_KEY_ARTIST = 2;
    public static final int METADATA_KEY_TITLE = 7;
    private String place = "";

    public void setDataSource(String path) {
        place = path.substring(path.lastIndexOf('/') + 1);
    }

    public String extractMetadata(int key) {
        return Bench.part("media").optString(place + "/" + key, null);
    }

    public void release() {
    }
}
