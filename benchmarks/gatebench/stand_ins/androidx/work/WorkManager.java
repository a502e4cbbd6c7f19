package androidx.work;

import android.content.Context;
import android.os.Handler;
import android.os.Looper;

public final class WorkManager {
    private final Context context;

    private WorkManager(Context context) {
        this.context = context.getApplicationContext();
    }

    public static WorkManager getInstance(Context context) {
        return new WorkManager(context);
    }

    public void enqueue(WorkRequest request) {
        new Handler(Looper.getMainLooper()).post(() -> begin(request));
    }

    private void begin(WorkRequest request) {
        try {
            java.lang.reflect.Constructor<? extends ListenableWorker> maker =
                    request.worker.getDeclaredConstructor(Context.class, WorkerParameters.class);
            maker.setAccessible(true);
            ((Worker) maker.newInstance(context, new WorkerParameters(request.input))).doWork();
        } catch (ReflectiveOperationException cause) {
            throw new IllegalStateException(cause);
        }
    }
}
