package android.view.inputmethod;

public interface InputConnection {
    boolean commitText(CharSequence text, int position);
    CharSequence getTextBeforeCursor(int count, int flags);
}
