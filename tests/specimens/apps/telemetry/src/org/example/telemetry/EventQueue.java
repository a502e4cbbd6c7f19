package org.example.telemetry;

import android.content.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Collects events and uploads them in batches. */
final class EventQueue {
    private static final int BATCH = 20;
    private static EventQueue shared;

    private final List<Event> waiting = new ArrayList<>();
    private final ExecutorService network = Executors.newSingleThreadExecutor();
    private final Context context;

    private EventQueue(Context context) {
        this.context = context;
    }

    static synchronized EventQueue of(Context context) {
        if (shared == null) {
            shared = new EventQueue(context.getApplicationContext());
        }
        return shared;
    }

    synchronized void add(Event event) {
        waiting.add(event);
        if (waiting.size() >= BATCH) {
            flush();
        }
    }

    synchronized void flush() {
        List<Event> batch = new ArrayList<>(waiting);
        waiting.clear();
        network.execute(new Upload(new DeviceProfile(context), batch));
    }
}
