package android.os;

public final class Messenger implements Parcelable {
    private final Handler target;

    public Messenger(Handler target) {
        this.target = target;
    }

    public Messenger(IBinder binder) {
        this.target = ((Door) binder).target;
    }

    public void send(Message message) throws RemoteException {
        target.sendMessage(message);
    }

    public IBinder getBinder() {
        return new Door(target);
    }

    @Override
    public int describeContents() {
        return 0;
    }

    private static final class Door extends Binder {
        final Handler target;

        Door(Handler target) {
            this.target = target;
        }
    }
}
