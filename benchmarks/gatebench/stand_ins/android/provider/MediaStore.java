package android.provider;

import android.net.Uri;

public final class MediaStore {
    public interface MediaColumns extends BaseColumns {
        String DISPLAY_NAME = "_display_name";
        String TITLE = "title";
        String DATA = "_data";
    }

    public static final class Images {
        public static final class Media implements MediaColumns {
            public static final Uri EXTERNAL_CONTENT_URI = Uri.parse("content://media/external/images/media");
        }
    }

    public static final class Audio {
        public static final class Media implements MediaColumns {
            public static final Uri EXTERNAL_CONTENT_URI = Uri.parse("content://media/external/audio/media");
        }
    }

    public static final class Video {
        public static final class Media implements MediaColumns {
            public static final Uri EXTERNAL_CONTENT_URI = Uri.parse("content://media/external/video/media");
        }
    }
}
