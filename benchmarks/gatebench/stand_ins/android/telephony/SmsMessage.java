package android.telephony;

import java.nio.charset.StandardCharsets;

public class SmsMessage {
    private final String body;

    private SmsMessage(String body) {
        this.body = body;
    }

    public static SmsMessage createFromPdu(byte[] unit) {
        return new SmsMessage(new String(unit, StandardCharsets.UTF_8));
    }

    public static SmsMessage createFromPdu(byte[] unit, String format) {
        return createFromPdu(unit);
    }

    public String getMessageBody() {
        return body;
    }

    public String getDisplayMessageBody() {
        return body;
    }

    public String getOriginatingAddress() {
        return "+37060000000";
    }

    public String getDisplayOriginatingAddress() {
        return getOriginatingAddress();
    }
}
