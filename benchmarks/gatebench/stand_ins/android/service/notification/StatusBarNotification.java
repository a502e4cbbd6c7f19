package android.service.notification;

import android.app.Notification;
import android.os.Parcelable;

public class StatusBarNotification implements Parcelable {
    private final String owner;
    private final Notification notification = new Notification();

    public StatusBarNotification(String owner, String title, String text) {
        this.owner = owner;
        notification.extras.putCharSequence(Notification.EXTRA_TITLE, title);
        notification.extras.putCharSequence(Notification.EXTRA_TEXT, text);
    }

    public Notification getNotification() {
        return notification;
    }

    public String getPackageName() {
        return owner;
    }

    public String getKey() {
        return owner + "|1";
    }

    public String getTag() {
        return null;
    }

    public int getId() {
        return 1;
    }

    @Override
    public int describeContents() {
        return 0;
    }
}
