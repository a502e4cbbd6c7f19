package android.view;

import android.content.Context;
import org.example.bench.Bench;
import org.example.bench.Clock;

public class View {
    public static final int VISIBLE = 0;
    public static final int INVISIBLE = 4;
    public static final int GONE = 8;

    public interface OnClickListener {
        void onClick(View view);
    }

    public interface OnLongClickListener {
        boolean onLongClick(View view);
    }

    public interface OnFocusChangeListener {
        void onFocusChange(View view, boolean focused);
    }

    private final Context context;
    private OnClickListener listener;
    private Object tag;
    private int id = -1;
    private int visibility = VISIBLE;

    public View(Context context) {
        this.context = context;
        Bench.views.add(this);
    }

    /** Returns what a person would read there. */
    public String shown() {
        return getClass().getSimpleName();
    }

    public final Context getContext() {
        return context == null ? Bench.application : context;
    }

    public int getId() {
        return id;
    }

    public void setId(int value) {
        id = value;
    }

    public Object getTag() {
        return tag;
    }

    public void setTag(Object value) {
        tag = value;
    }

    public void setOnClickListener(OnClickListener value) {
        listener = value;
    }

    public void setOnLongClickListener(OnLongClickListener value) {
    }

    public void setOnFocusChangeListener(OnFocusChangeListener value) {
    }

    public boolean performClick() {
        if (listener != null) {
            listener.onClick(this);
        }
        return listener != null;
    }

    public void setVisibility(int value) {
        visibility = value;
        Bench.effect(value == VISIBLE ? "show" : "hide", "view " + shown());
    }

    public int getVisibility() {
        return visibility;
    }

    public void setEnabled(boolean value) {
    }

    public boolean post(Runnable action) {
        Clock.post(action, 0);
        return true;
    }

    public boolean postDelayed(Runnable action, long delay) {
        Clock.post(action, delay);
        return true;
    }

    public <T extends View> T findViewById(int wanted) {
        return new org.example.bench.Screen(context).find(wanted);
    }

    public View getRootView() {
        return this;
    }

    public void invalidate() {
    }
}
