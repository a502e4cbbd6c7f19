package android.app;

import android.content.Context;
import android.content.Intent;

public final class PendingIntent {
    public static final int FLAG_UPDATE_CURRENT = 134217728;

    public static PendingIntent getBroadcast(Context context, int request, Intent intent, int flags) { throw new RuntimeException("stub"); }
}
