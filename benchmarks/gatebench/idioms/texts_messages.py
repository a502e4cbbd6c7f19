"""Texts that reach a person: SMS, notifications, calls, contacts."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity, receiver, service
from benchmarks.gatebench.idioms.writing import Template

SMS = Idiom(
    "text",
    "sms-received",
    Template(
        sources={
            "@T_screen@": """
import android.telephony.SmsMessage;

public class @T_screen@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        Bundle extras = intent.getExtras();
        if (extras == null) {
            return;
        }
        Object[] pdus = (Object[]) extras.get("pdus");
        String format = extras.getString("format");
        StringBuilder whole = new StringBuilder();
        for (Object pdu : pdus) {
            whole.append(SmsMessage.createFromPdu((byte[]) pdu, format).getMessageBody());
        }
        String body = whole.toString();
        @decide(context|body)@
    }
}
"""
        },
        manifest=receiver("android.provider.Telephony.SMS_RECEIVED"),
        permissions=("android.permission.RECEIVE_SMS",),
        drive='Bench.sms("+37060000000", text);',
    ),
    origin="sms",
)

SMS_HELPER = Idiom(
    "text",
    "sms-from-intent",
    Template(
        sources={
            "@T_screen@": """
import android.provider.Telephony;
import android.telephony.SmsMessage;

public class @T_screen@ extends BroadcastReceiver {
    @Override
    public void onReceive(Context context, Intent intent) {
        if (!Telephony.Sms.Intents.SMS_RECEIVED_ACTION.equals(intent.getAction())) {
            return;
        }
        for (SmsMessage message : Telephony.Sms.Intents.getMessagesFromIntent(intent)) {
            @m_one@(context, message);
        }
    }

    private void @m_one@(Context context, SmsMessage message) {
        String body = message.getDisplayMessageBody();
        @decide(context|body)@
    }
}
"""
        },
        manifest=receiver("android.provider.Telephony.SMS_RECEIVED"),
        permissions=("android.permission.RECEIVE_SMS",),
        drive='Bench.sms("+37060000000", text);',
    ),
    held_back=True,
    origin="sms",
)

NOTIFICATION = Idiom(
    "text",
    "notification-posted",
    Template(
        sources={
            "@T_screen@": """
import android.service.notification.NotificationListenerService;
import android.service.notification.StatusBarNotification;

public class @T_screen@ extends NotificationListenerService {
    @Override
    public void onNotificationPosted(StatusBarNotification posted) {
        Bundle extras = posted.getNotification().extras;
        CharSequence line = extras.getCharSequence(Notification.EXTRA_TEXT);
        if (line != null) {
            String plain = line.toString();
            @decide(this|plain)@
        }
    }
}
"""
        },
        manifest=service(
            "android.service.notification.NotificationListenerService",
            permission="android.permission.BIND_NOTIFICATION_LISTENER_SERVICE",
        ),
        drive='Bench.notification("org.example.other", "-", text);',
    ),
    origin="notification",
)

NOTIFICATION_HIDDEN = Idiom(
    "text",
    "notification-cancelled",
    Template(
        sources={
            "@T_screen@": """
import android.service.notification.NotificationListenerService;
import android.service.notification.StatusBarNotification;

public class @T_screen@ extends NotificationListenerService {
    @Override
    public void onNotificationPosted(StatusBarNotification posted) {
        if (getPackageName().equals(posted.getPackageName())) {
            return;
        }
        String title = posted.getNotification().extras.getString(Notification.EXTRA_TITLE, "");
        if (@ask(this|title)@) {
            cancelNotification(posted.getKey());
        }
    }
}
"""
        },
        manifest=service(
            "android.service.notification.NotificationListenerService",
            permission="android.permission.BIND_NOTIFICATION_LISTENER_SERVICE",
        ),
        drive='Bench.notification("org.example.other", text, "-");',
    ),
    held_back=True,
    origin="notification",
    shape="question",
    consequences=("hidden",),
    on_match=("hide",),
)

CONTACT = Idiom(
    "text",
    "contact-names",
    Template(
        sources={
            "@T_screen@": """
import android.database.Cursor;
import android.provider.ContactsContract;

public class @T_screen@ extends Activity {
    @Override
    protected void onStart() {
        super.onStart();
        Cursor cursor = getContentResolver().query(ContactsContract.Contacts.CONTENT_URI,
                new String[] {ContactsContract.Contacts.DISPLAY_NAME}, null, null, null);
        if (cursor == null) {
            return;
        }
        int column = cursor.getColumnIndex(ContactsContract.Contacts.DISPLAY_NAME);
        while (cursor.moveToNext()) {
            String person = cursor.getString(column);
            @decide(this|person)@
        }
        cursor.close();
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.READ_CONTACTS",),
        drive="Bench.row(android.provider.ContactsContract.Contacts.CONTENT_URI.toString(),\n"
        "    android.provider.ContactsContract.Contacts.DISPLAY_NAME, text);\n"
        "Bench.open(@T_screen@.class);",
    ),
    origin="contact",
)

CALL = Idiom(
    "text",
    "call-log",
    Template(
        sources={
            "@T_screen@": """
import android.database.Cursor;
import android.provider.CallLog;

public class @T_screen@ extends IntentService {
    public @T_screen@() {
        super("@k_service@");
    }

    @Override
    protected void onHandleIntent(Intent intent) {
        try (Cursor calls = getContentResolver().query(CallLog.Calls.CONTENT_URI, null, null, null,
                CallLog.Calls.DATE + " DESC")) {
            if (calls != null && calls.moveToFirst()) {
                String caller = calls.getString(calls.getColumnIndexOrThrow(CallLog.Calls.CACHED_NAME));
                @decide(this|caller)@
            }
        }
    }
}
"""
        },
        manifest=service("org.example.action.@k_action@"),
        permissions=("android.permission.READ_CALL_LOG",),
        drive="Bench.row(android.provider.CallLog.Calls.CONTENT_URI.toString(),\n"
        "    android.provider.CallLog.Calls.CACHED_NAME, text);\n"
        "Bench.service(new Intent(context, @T_screen@.class));",
    ),
    origin="call",
)

IDIOMS = (SMS, SMS_HELPER, NOTIFICATION, NOTIFICATION_HIDDEN, CONTACT, CALL)
