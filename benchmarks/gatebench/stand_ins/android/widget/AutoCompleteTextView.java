package android.widget;

import android.content.Context;

public class AutoCompleteTextView extends EditText {
    public AutoCompleteTextView(Context context) {
        super(context);
    }

    public void setAdapter(ListAdapter adapter) {
    }

    public void setThreshold(int count) {
    }
}
