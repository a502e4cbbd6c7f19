package org.example.dialer;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.telephony.SmsMessage;

/** Takes each incoming message and files it. */
public class SmsReceiver extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Object[] parts = (Object[]) intent.getSerializableExtra("pdus");
        if (parts == null) {
            return;
        }
        SpamPhrases spam = new SpamPhrases(context);
        MessageFolders folders = new MessageFolders(context.getContentResolver());
        for (Object part : parts) {
            SmsMessage message = SmsMessage.createFromPdu((byte[]) part, intent.getStringExtra("format"));
            if (spam.matches(message.getMessageBody())) {
                folders.toSpam(message);
            } else {
                folders.toInbox(message);
            }
        }
    }
}
