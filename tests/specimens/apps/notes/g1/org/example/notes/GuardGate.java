package org.example.notes;

import android.content.Context;
import android.content.SharedPreferences;

/** Build g1: market outside the European Union, and switched on by the server. */
final class GuardGate {
    static final String PREFS = "guard";
    static final String FILTER_ON = "filter_on";
    static final String FORCE_ON = "force_on";

    private GuardGate() {
    }

    static boolean open(Context context) {
        if (Market.isEuropeanUnion()) {
            return false;
        }
        SharedPreferences prefs = context.getSharedPreferences(PREFS, Context.MODE_PRIVATE);
        return prefs.getBoolean(FILTER_ON, false);
    }
}
