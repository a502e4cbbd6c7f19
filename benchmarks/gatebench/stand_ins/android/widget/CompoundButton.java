package android.widget;

import android.content.Context;

public class CompoundButton extends Button {
    public CompoundButton(Context context) {
        super(context);
    }

    public boolean isChecked() {
        return false;
    }
}
