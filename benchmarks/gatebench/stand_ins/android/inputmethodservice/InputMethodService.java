package android.inputmethodservice;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.view.View;
import android.view.inputmethod.EditorInfo;
import android.view.inputmethod.InputConnection;
import org.example.bench.Bench;

public class InputMethodService extends Service {
    public View onCreateInputView() {
        return null;
    }

    public void onStartInput(EditorInfo info, boolean again) {
    }

    public void onStartInputView(EditorInfo info, boolean again) {
    }

    public void onFinishInput() {
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    /** Returns the field that is being written: it holds what Bench.type gave and shows what is committed. */
    public InputConnection getCurrentInputConnection() {
        return new InputConnection() {
            @Override
            public boolean commitText(CharSequence text, int position) {
                Bench.effect("show", text);
                return true;
            }

            @Override
            public CharSequence getTextBeforeCursor(int count, int flags) {
                return Bench.typed;
            }
        };
    }
}
