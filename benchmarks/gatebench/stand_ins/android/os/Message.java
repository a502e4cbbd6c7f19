package android.os;

public final class Message implements Parcelable {
    public int what;
    public int arg1;
    public int arg2;
    public Object obj;
    public Messenger replyTo;
    private Handler target;
    private Bundle data = new Bundle();
    private Runnable callback;

    public static Message obtain() {
        return new Message();
    }

    public static Message obtain(Handler target) {
        Message made = new Message();
        made.target = target;
        return made;
    }

    public static Message obtain(Handler target, int what) {
        Message made = obtain(target);
        made.what = what;
        return made;
    }

    public static Message obtain(Handler target, int what, Object obj) {
        Message made = obtain(target, what);
        made.obj = obj;
        return made;
    }

    public static Message obtain(Handler target, Runnable callback) {
        Message made = obtain(target);
        made.callback = callback;
        return made;
    }

    public Bundle getData() {
        return data;
    }

    public Bundle peekData() {
        return data;
    }

    public void setData(Bundle value) {
        data = value;
    }

    public void setTarget(Handler value) {
        target = value;
    }

    public Handler getTarget() {
        return target;
    }

    public Runnable getCallback() {
        return callback;
    }

    public void sendToTarget() {
        target.sendMessage(this);
    }

    @Override
    public int describeContents() {
        return 0;
    }
}
