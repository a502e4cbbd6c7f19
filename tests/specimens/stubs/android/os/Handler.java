package android.os;

public class Handler {
    public Handler(Looper looper) { }
    public final boolean post(Runnable task) { throw new RuntimeException("stub"); }
    public final boolean postDelayed(Runnable task, long milliseconds) { throw new RuntimeException("stub"); }
    public void handleMessage(Message message) { }
}
