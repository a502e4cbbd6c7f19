package org.example.notes;

import android.app.Application;

/** Starts the periodic download of the guard list when the process starts. */
public class NotesApp extends Application {
    @Override
    public void onCreate() {
        super.onCreate();
        UpdateReceiver.schedule(this);
    }
}
