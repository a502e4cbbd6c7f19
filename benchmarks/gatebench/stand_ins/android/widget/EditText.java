package android.widget;

import android.content.Context;
import android.text.Editable;
import android.text.InputFilter;
import android.text.SpannableStringBuilder;
import android.text.TextWatcher;
import android.view.KeyEvent;
import android.view.inputmethod.EditorInfo;
import java.util.ArrayList;
import org.example.bench.Bench;

public class EditText extends TextView {
    public EditText(Context context) {
        super(context);
        text = Bench.typed;
    }

    @Override
    public Editable getText() {
        return editable();
    }

    /** Takes what a person types: through the filters, then to the watchers and the action of the keyboard. */
    public final void typed(String value) {
        CharSequence taken = value;
        for (InputFilter filter : filters) {
            CharSequence put = filter.filter(taken, 0, taken.length(), new SpannableStringBuilder(""), 0, 0);
            taken = put == null ? taken : put;
        }
        if (filters.length > 0) {
            Bench.effect("show", taken);
        }
        text = taken;
        for (TextWatcher watcher : new ArrayList<>(watchers)) {
            watcher.beforeTextChanged("", 0, 0, text.length());
            watcher.onTextChanged(text, 0, 0, text.length());
            watcher.afterTextChanged(editable());
        }
        if (editorAction != null) {
            editorAction.onEditorAction(this, EditorInfo.IME_ACTION_DONE, new KeyEvent());
        }
    }

    public void setSelection(int place) {
    }
}
