package org.example.notes;

import android.content.Context;
import android.content.SharedPreferences;

/** Build g2: market outside the European Union or forced by the server, and switched on by the server. */
final class GuardGate {
    static final String PREFS = "guard";
    static final String FILTER_ON = "filter_on";
    static final String FORCE_ON = "force_on";

    private GuardGate() {
    }

    static boolean open(Context context) {
        SharedPreferences prefs = context.getSharedPreferences(PREFS, Context.MODE_PRIVATE);
        boolean inScope = !Market.isEuropeanUnion() || prefs.getBoolean(FORCE_ON, false);
        return inScope && prefs.getBoolean(FILTER_ON, false);
    }
}
