package org.example.telemetry;

import android.content.Context;
import android.database.Cursor;
import android.net.Uri;
import android.os.Build;
import android.os.SystemProperties;
import android.provider.Settings;
import org.json.JSONException;
import org.json.JSONObject;

/** What is sent about the handset with every batch. */
final class DeviceProfile {
    private final Context context;

    DeviceProfile(Context context) {
        this.context = context;
    }

    JSONObject toJson() throws JSONException {
        return new JSONObject()
                .put("android_id", Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID))
                .put("gaid", advertisingId())
                .put("model", Build.MODEL)
                .put("brand", Build.BRAND)
                .put("market", SystemProperties.get("ro.product.market", ""));
    }

    private String advertisingId() {
        Uri place = Uri.parse("content://org.example.ids/advertising");
        Cursor rows = context.getContentResolver().query(place, null, null, null, null);
        if (rows == null) {
            return "";
        }
        String id = rows.moveToNext() ? rows.getString(0) : "";
        rows.close();
        return id;
    }
}
