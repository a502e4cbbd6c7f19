package org.example.reader;

import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import java.util.ArrayList;
import java.util.List;

/** Takes the terms that another app sends. */
public class TermsReceiver extends BroadcastReceiver {
    static volatile List<String> received = new ArrayList<>();

    @Override
    public void onReceive(Context context, Intent intent) {
        List<String> terms = intent.getStringArrayListExtra("terms");
        if (terms != null) {
            received = terms;
        }
    }
}
