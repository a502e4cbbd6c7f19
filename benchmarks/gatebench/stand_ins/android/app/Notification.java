package android.app;

import android.content.Context;
import android.os.Bundle;

public class Notification {
    public static final String EXTRA_TITLE = "android.title";
    public static final String EXTRA_TEXT = "android.text";
    public static final String EXTRA_BIG_TEXT = "android.bigText";
    public Bundle extras = new Bundle();
    public CharSequence tickerText;

    public static class Builder {
        private final Notification made = new Notification();

        public Builder(Context context) {
        }

        public Builder(Context context, String channel) {
        }

        public Builder setContentTitle(CharSequence title) {
            made.extras.putCharSequence(EXTRA_TITLE, title);
            return this;
        }

        public Builder setContentText(CharSequence text) {
            made.extras.putCharSequence(EXTRA_TEXT, text);
            return this;
        }

        public Builder setTicker(CharSequence text) {
            made.tickerText = text;
            return this;
        }

        public Builder setSmallIcon(int icon) {
            return this;
        }

        public Builder setAutoCancel(boolean value) {
            return this;
        }

        public Builder setContentIntent(PendingIntent intent) {
            return this;
        }

        public Notification build() {
            return made;
        }
    }
}
