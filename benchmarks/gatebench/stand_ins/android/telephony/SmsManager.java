package android.telephony;

import android.app.PendingIntent;
import java.util.ArrayList;
import java.util.Collections;
import org.example.bench.Bench;

public final class SmsManager {
    public static SmsManager getDefault() {
        return new SmsManager();
    }

    public void sendTextMessage(String to, String centre, String text, PendingIntent sent, PendingIntent delivered) {
        Bench.effect("sms", to + " " + text);
    }

    public ArrayList<String> divideMessage(String text) {
        return new ArrayList<>(Collections.singletonList(text));
    }
}
