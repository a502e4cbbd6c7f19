package org.example.notes;

import android.app.AlarmManager;
import android.app.PendingIntent;
import android.content.BroadcastReceiver;
import android.content.Context;
import android.content.Intent;
import android.os.SystemClock;

/** Pulls the guard list at boot and every twelve hours. */
public class UpdateReceiver extends BroadcastReceiver {
    static final String PULL = "org.example.notes.action.PULL_GUARD";
    private static final long EVERY = 12L * 60 * 60 * 1000;

    static void schedule(Context context) {
        Intent pull = new Intent(context, UpdateReceiver.class).putExtra("from", "timer");
        PendingIntent later = PendingIntent.getBroadcast(context, 7, pull, PendingIntent.FLAG_UPDATE_CURRENT);
        AlarmManager alarms = (AlarmManager) context.getSystemService(Context.ALARM_SERVICE);
        alarms.setInexactRepeating(AlarmManager.ELAPSED_REALTIME, SystemClock.elapsedRealtime() + 60_000, EVERY, later);
    }

    @Override
    public void onReceive(Context context, Intent intent) {
        if (Intent.ACTION_BOOT_COMPLETED.equals(intent.getAction())) {
            schedule(context);
        }
        new Thread(new GuardUpdater(context.getApplicationContext()), "guard-pull").start();
    }
}
