package android.os;

import java.util.concurrent.Executor;
import org.example.bench.Clock;

public abstract class AsyncTask<A, P, R> {
    public static final Executor THREAD_POOL_EXECUTOR = action -> Clock.post(action, 0);
    public static final Executor SERIAL_EXECUTOR = action -> Clock.post(action, 0);
    private boolean cancelled;

    @SuppressWarnings("unchecked")
    protected abstract R doInBackground(A... arguments);

    protected void onPreExecute() {
    }

    protected void onPostExecute(R result) {
    }

    @SuppressWarnings("unchecked")
    protected void onProgressUpdate(P... values) {
    }

    protected void onCancelled() {
    }

    @SafeVarargs
    protected final void publishProgress(P... values) {
        Clock.post(() -> onProgressUpdate(values), 0);
    }

    @SafeVarargs
    public final AsyncTask<A, P, R> execute(A... arguments) {
        onPreExecute();
        Clock.post(() -> {
            R result = doInBackground(arguments);
            Clock.post(() -> {
                if (cancelled) {
                    onCancelled();
                } else {
                    onPostExecute(result);
                }
            }, 0);
        }, 0);
        return this;
    }

    @SafeVarargs
    public final AsyncTask<A, P, R> executeOnExecutor(Executor executor, A... arguments) {
        return execute(arguments);
    }

    public static void execute(Runnable action) {
        Clock.post(action, 0);
    }

    public final boolean cancel(boolean interrupt) {
        cancelled = true;
        return true;
    }

    public final boolean isCancelled() {
        return cancelled;
    }
}
