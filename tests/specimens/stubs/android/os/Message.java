package android.os;

public final class Message {
    public int what;
    public Object obj;

    public static Message obtain(Handler target, int what, Object obj) { throw new RuntimeException("stub"); }
    public void sendToTarget() { throw new RuntimeException("stub"); }
}
