package android.text;

public interface Editable extends CharSequence, GetChars, Spannable, Appendable {
    Editable replace(int start, int end, CharSequence text);
    Editable insert(int at, CharSequence text);
    Editable delete(int start, int end);
    void clear();
    @Override
    Editable append(CharSequence text);
    @Override
    Editable append(CharSequence text, int start, int end);
    @Override
    Editable append(char unit);
}
