package android.content;

import android.os.Bundle;
import org.example.bench.Bench;

public abstract class BroadcastReceiver {
    private boolean aborted;
    private String data;

    public abstract void onReceive(Context context, Intent intent);

    /** Delivers an intent as the system does; one that is not aborted goes on to others. */
    public final void deliver(Context context, Intent intent) {
        aborted = false;
        onReceive(context, intent);
        if (aborted) {
            Bench.effect("stop", "broadcast " + intent.getAction());
        } else {
            Bench.effect("show", "broadcast goes on " + intent.getAction());
        }
    }

    public final void abortBroadcast() {
        aborted = true;
    }

    public final boolean isOrderedBroadcast() {
        return true;
    }

    public final void setResultData(String value) {
        data = value;
        if (value == null) {
            aborted = true;
        }
    }

    public final String getResultData() {
        return data;
    }

    public final Bundle getResultExtras(boolean make) {
        return new Bundle();
    }

    public final PendingResult goAsync() {
        return new PendingResult();
    }

    public static class PendingResult {
        public final void finish() {
        }
    }
}
