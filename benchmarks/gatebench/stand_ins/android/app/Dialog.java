package android.app;

import android.content.Context;
import android.content.DialogInterface;
import org.example.bench.Bench;

public class Dialog implements DialogInterface {
    protected final StringBuilder shown = new StringBuilder();

    public Dialog(Context context) {
    }

    public void setTitle(CharSequence title) {
        shown.append(title).append(' ');
    }

    public void show() {
        Bench.effect("dialog", shown);
    }

    @Override
    public void dismiss() {
    }

    @Override
    public void cancel() {
    }
}
