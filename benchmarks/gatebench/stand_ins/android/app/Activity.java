package android.app;

import android.content.ComponentName;
import android.content.Intent;
import android.os.Bundle;
import android.view.ContextThemeWrapper;
import android.view.LayoutInflater;
import android.view.Menu;
import android.view.MenuInflater;
import android.view.View;
import android.view.Window;
import org.example.bench.Bench;
import org.example.bench.Clock;
import org.example.bench.Screen;

public class Activity extends ContextThemeWrapper {
    public static final int RESULT_OK = -1;
    public static final int RESULT_CANCELED = 0;
    private final Screen screen = new Screen(this);
    private Intent intent = new Intent();
    private boolean finishing;

    /** Brings the activity to the front, as the system does. */
    public final void begin(Intent given) {
        intent = given;
        onCreate(null);
        onStart();
        onResume();
    }

    /** Hands a new intent over, as the system does. */
    public final void again(Intent given) {
        onNewIntent(given);
        Clock.settle();
    }

    /** Hands a result over, as the system does. */
    public final void result(int request, int code, Intent data) {
        onActivityResult(request, code, data);
        Clock.settle();
    }

    protected void onCreate(Bundle state) {
    }

    protected void onStart() {
    }

    protected void onResume() {
    }

    protected void onPause() {
    }

    protected void onStop() {
    }

    protected void onDestroy() {
    }

    protected void onNewIntent(Intent given) {
    }

    protected void onActivityResult(int request, int code, Intent data) {
    }

    public boolean onCreateOptionsMenu(Menu menu) {
        return false;
    }

    public void setContentView(int layout) {
    }

    public void setContentView(View view) {
    }

    public <T extends View> T findViewById(int id) {
        return screen.find(id);
    }

    public Intent getIntent() {
        return intent;
    }

    public void setIntent(Intent value) {
        intent = value;
    }

    public final void setResult(int code) {
    }

    public final void setResult(int code, Intent data) {
        Bench.effect("show", "result " + code + " " + data);
    }

    public void startActivityForResult(Intent wanted, int code) {
        startActivity(wanted);
    }

    public void finish() {
        finishing = true;
        Bench.effect("stop", "finish");
    }

    public boolean isFinishing() {
        return finishing;
    }

    public final void setTitle(CharSequence title) {
        Bench.effect("show", title);
    }

    public final void runOnUiThread(Runnable action) {
        Clock.post(action, 0);
    }

    public LayoutInflater getLayoutInflater() {
        return new LayoutInflater();
    }

    public MenuInflater getMenuInflater() {
        return new MenuInflater();
    }

    public Window getWindow() {
        return new Window();
    }

    public ComponentName getComponentName() {
        return new ComponentName(this, getClass());
    }

    public final Application getApplication() {
        return Bench.application;
    }
}
