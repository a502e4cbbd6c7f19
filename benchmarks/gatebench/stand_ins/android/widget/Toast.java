package android.widget;

import android.content.Context;
import org.example.bench.Bench;

public class Toast {
    public static final int LENGTH_SHORT = 0;
    public static final int LENGTH_LONG = 1;
    private CharSequence text;

    public Toast(Context context) {
    }

    public static Toast makeText(Context context, CharSequence text, int length) {
        Toast made = new Toast(context);
        made.text = text;
        return made;
    }

    public static Toast makeText(Context context, int text, int length) {
        return makeText(context, context.getString(text), length);
    }

    public void setText(CharSequence value) {
        text = value;
    }

    public void show() {
        Bench.effect("toast", text);
    }
}
