package android.database;

import android.net.Uri;
import android.os.Handler;

public abstract class ContentObserver {
    public ContentObserver(Handler handler) {
    }

    public void onChange(boolean self) {
    }

    public void onChange(boolean self, Uri uri) {
        onChange(self);
    }

    public final void dispatchChange(boolean self, Uri uri) {
        onChange(self, uri);
    }
}
