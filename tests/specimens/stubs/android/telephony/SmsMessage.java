package android.telephony;

public class SmsMessage {
    public static SmsMessage createFromPdu(byte[] pdu, String format) { throw new RuntimeException("stub"); }
    public String getMessageBody() { throw new RuntimeException("stub"); }
    public String getOriginatingAddress() { throw new RuntimeException("stub"); }
    public long getTimestampMillis() { throw new RuntimeException("stub"); }
}
