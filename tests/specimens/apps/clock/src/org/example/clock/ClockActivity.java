package org.example.clock;

import android.app.Activity;
import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.Context;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.EditText;
import android.widget.TextView;

public class ClockActivity extends Activity implements View.OnClickListener {
    private final ServerTime time = new ServerTime();

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.clock);
        findViewById(R.id.set).setOnClickListener(this);
        new Thread(time, "time").start();
    }

    @Override
    protected void onResume() {
        super.onResume();
        ((TextView) findViewById(R.id.time)).setText(time.text());
    }

    @Override
    public void onClick(View button) {
        String minutes = ((EditText) findViewById(R.id.minutes)).getText().toString();
        long at = time.now() + 60_000L * Long.parseLong(minutes);
        Intent ring = new Intent(this, AlarmReceiver.class);
        PendingIntent later = PendingIntent.getBroadcast(this, 1, ring, PendingIntent.FLAG_UPDATE_CURRENT);
        ((AlarmManager) getSystemService(Context.ALARM_SERVICE)).set(AlarmManager.RTC_WAKEUP, at, later);
    }
}
