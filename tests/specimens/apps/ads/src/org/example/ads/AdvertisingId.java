package org.example.ads;

import android.content.Context;
import android.database.Cursor;
import android.net.Uri;

/** The resettable advertising id, read from the provider of the system image. */
final class AdvertisingId {
    private static final Uri PLACE = Uri.parse("content://org.example.ids/advertising");

    private AdvertisingId() {
    }

    static String read(Context context) {
        Cursor rows = context.getContentResolver().query(PLACE, null, null, null, null);
        try {
            return rows != null && rows.moveToNext() ? rows.getString(0) : "";
        } finally {
            if (rows != null) {
                rows.close();
            }
        }
    }
}
