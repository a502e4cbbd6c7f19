package org.example.dialer;

import android.content.ContentResolver;
import android.content.ContentValues;
import android.net.Uri;
import android.telephony.SmsMessage;

/** Writes messages to the folders of the message store. */
final class MessageFolders {
    private static final Uri INBOX = Uri.parse("content://sms/inbox");
    private static final Uri SPAM = Uri.parse("content://org.example.dialer.messages/spam");

    private final ContentResolver resolver;

    MessageFolders(ContentResolver resolver) {
        this.resolver = resolver;
    }

    void toInbox(SmsMessage message) {
        resolver.insert(INBOX, row(message));
    }

    void toSpam(SmsMessage message) {
        resolver.insert(SPAM, row(message));
    }

    private static ContentValues row(SmsMessage message) {
        ContentValues row = new ContentValues();
        row.put("address", message.getOriginatingAddress());
        row.put("body", message.getMessageBody());
        row.put("date", message.getTimestampMillis());
        return row;
    }
}
