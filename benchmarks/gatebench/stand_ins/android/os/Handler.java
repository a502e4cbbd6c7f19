package android.os;

import org.example.bench.Clock;

public class Handler {
    public interface Callback {
        boolean handleMessage(Message message);
    }

    private final Callback callback;

    public Handler() {
        this((Callback) null);
    }

    public Handler(Callback callback) {
        this.callback = callback;
    }

    public Handler(Looper looper) {
        this((Callback) null);
    }

    public Handler(Looper looper, Callback callback) {
        this(callback);
    }

    public void handleMessage(Message message) {
    }

    public void dispatchMessage(Message message) {
        if (message.getCallback() != null) {
            message.getCallback().run();
        } else if (callback == null || !callback.handleMessage(message)) {
            handleMessage(message);
        }
    }

    public final boolean post(Runnable action) {
        Clock.post(action, 0);
        return true;
    }

    public final boolean postAtFrontOfQueue(Runnable action) {
        return post(action);
    }

    public final boolean postDelayed(Runnable action, long delay) {
        Clock.post(action, delay);
        return true;
    }

    public final void removeCallbacks(Runnable action) {
        Clock.remove(action);
    }

    public final void removeMessages(int what) {
    }

    public final void removeCallbacksAndMessages(Object token) {
    }

    public final boolean hasMessages(int what) {
        return false;
    }

    public final Message obtainMessage() {
        return Message.obtain(this);
    }

    public final Message obtainMessage(int what) {
        return Message.obtain(this, what);
    }

    public final Message obtainMessage(int what, Object obj) {
        return Message.obtain(this, what, obj);
    }

    public final Message obtainMessage(int what, int arg1, int arg2, Object obj) {
        Message made = Message.obtain(this, what, obj);
        made.arg1 = arg1;
        made.arg2 = arg2;
        return made;
    }

    public final boolean sendMessage(Message message) {
        return sendMessageDelayed(message, 0);
    }

    public final boolean sendMessageDelayed(Message message, long delay) {
        Clock.post(() -> dispatchMessage(message), delay);
        return true;
    }

    public final boolean sendEmptyMessage(int what) {
        return sendMessage(obtainMessage(what));
    }

    public final boolean sendEmptyMessageDelayed(int what, long delay) {
        return sendMessageDelayed(obtainMessage(what), delay);
    }

    public final Looper getLooper() {
        return Looper.getMainLooper();
    }
}
