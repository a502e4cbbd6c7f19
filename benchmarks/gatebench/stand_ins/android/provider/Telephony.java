package android.provider;

import android.content.Intent;
import android.net.Uri;
import android.telephony.SmsMessage;

public final class Telephony {
    public static final class Sms {
        public static final Uri CONTENT_URI = Uri.parse("content://sms");
        public static final String ADDRESS = "address";
        public static final String BODY = "body";

        public static final class Inbox {
            public static final Uri CONTENT_URI = Uri.parse("content://sms/inbox");
            public static final String BODY = "body";
        }

        public static final class Intents {
            public static final String SMS_DELIVER_ACTION = "android.provider.Telephony.SMS_DELIVER";
            public static final String SMS_RECEIVED_ACTION = "android.provider.Telephony.SMS_RECEIVED";

            public static SmsMessage[] getMessagesFromIntent(Intent intent) {
                Object[] units = (Object[]) intent.getSerializableExtra("pdus");
                SmsMessage[] made = new SmsMessage[units.length];
                for (int at = 0; at < units.length; at++) {
                    made[at] = SmsMessage.createFromPdu((byte[]) units[at]);
                }
                return made;
            }
        }
    }
}
