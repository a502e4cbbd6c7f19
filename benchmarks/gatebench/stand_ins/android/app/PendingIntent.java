package android.app;

import android.content.Context;
import android.content.Intent;

public final class PendingIntent {
    public static final int FLAG_UPDATE_CURRENT = 134217728;
    public static final int FLAG_IMMUTABLE = 67108864;
    private final Runnable action;

    private PendingIntent(Runnable action) {
        this.action = action;
    }

    public static PendingIntent getBroadcast(Context context, int code, Intent intent, int flags) {
        return new PendingIntent(() -> context.sendBroadcast(intent));
    }

    public static PendingIntent getService(Context context, int code, Intent intent, int flags) {
        return new PendingIntent(() -> context.startService(intent));
    }

    public static PendingIntent getActivity(Context context, int code, Intent intent, int flags) {
        return new PendingIntent(() -> context.startActivity(intent));
    }

    public void send() {
        action.run();
    }

    public void cancel() {
    }

    public android.content.IntentSender getIntentSender() {
        return new android.content.IntentSender();
    }
}
