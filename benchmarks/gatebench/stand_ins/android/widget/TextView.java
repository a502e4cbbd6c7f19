package android.widget;

import android.content.Context;
import android.text.Editable;
import android.text.InputFilter;
import android.text.SpannableStringBuilder;
import android.text.TextWatcher;
import android.view.KeyEvent;
import android.view.View;
import java.util.ArrayList;
import java.util.List;
import org.example.bench.Bench;

public class TextView extends View {
    public interface OnEditorActionListener {
        boolean onEditorAction(TextView view, int action, KeyEvent event);
    }

    protected CharSequence text = "";
    protected final List<TextWatcher> watchers = new ArrayList<>();
    protected InputFilter[] filters = new InputFilter[0];
    protected OnEditorActionListener editorAction;

    public TextView(Context context) {
        super(context);
    }

    @Override
    public String shown() {
        return text.toString();
    }

    public CharSequence getText() {
        return text;
    }

    public final void setText(CharSequence value) {
        text = value == null ? "" : value;
        Bench.effect("show", text);
    }

    public final void setText(int id) {
        setText(getContext().getString(id));
    }

    public final void append(CharSequence more) {
        setText(text.toString() + more);
    }

    public void setHint(CharSequence hint) {
    }

    public void setTextColor(int colour) {
    }

    public void setError(CharSequence error) {
        if (error != null) {
            Bench.effect("error", error);
        }
    }

    public void addTextChangedListener(TextWatcher watcher) {
        watchers.add(watcher);
    }

    public void removeTextChangedListener(TextWatcher watcher) {
        watchers.remove(watcher);
    }

    public void setFilters(InputFilter[] value) {
        filters = value;
    }

    public void setOnEditorActionListener(OnEditorActionListener value) {
        editorAction = value;
    }

    protected Editable editable() {
        return new SpannableStringBuilder(text);
    }
}
