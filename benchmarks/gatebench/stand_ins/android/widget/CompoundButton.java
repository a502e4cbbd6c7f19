package android.widget;

import android.content.Context;

public class CompoundButton extends Button {
    public interface OnCheckedChangeListener {
        void onCheckedChanged(CompoundButton button, boolean checked);
    }

    private OnCheckedChangeListener listener;
    private boolean checked;

    public CompoundButton(Context context) {
        super(context);
    }

    public void setOnCheckedChangeListener(OnCheckedChangeListener newListener) {
        listener = newListener;
    }

    public void setChecked(boolean value) {
        if (checked != value) {
            checked = value;
            if (listener != null) {
                listener.onCheckedChanged(this, value);
            }
        }
    }

    public boolean isChecked() {
        return checked;
    }
}
