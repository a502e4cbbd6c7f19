package android.os;

/** Its looper is the main one: what is posted runs in order, and no thread is started. */
public class HandlerThread extends Thread {
    public HandlerThread(String name) {
        super(name);
    }

    public HandlerThread(String name, int priority) {
        super(name);
    }

    public Looper getLooper() {
        return Looper.getMainLooper();
    }

    public boolean quit() {
        return true;
    }

    public boolean quitSafely() {
        return true;
    }
}
