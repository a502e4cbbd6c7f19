package android.text;

import org.example.bench.Bench;

public class SpannableStringBuilder implements Editable {
    private final StringBuilder text = new StringBuilder();

    public SpannableStringBuilder() {
    }

    public SpannableStringBuilder(CharSequence given) {
        text.append(given);
    }

    @Override
    public Editable replace(int start, int end, CharSequence with) {
        text.replace(start, end, with.toString());
        Bench.effect("show", text);
        return this;
    }

    @Override
    public Editable insert(int at, CharSequence more) {
        text.insert(at, more);
        return this;
    }

    @Override
    public Editable delete(int start, int end) {
        return replace(start, end, "");
    }

    @Override
    public void clear() {
        replace(0, text.length(), "");
    }

    @Override
    public Editable append(CharSequence more) {
        text.append(more);
        return this;
    }

    @Override
    public Editable append(CharSequence more, int start, int end) {
        text.append(more, start, end);
        return this;
    }

    @Override
    public Editable append(char unit) {
        text.append(unit);
        return this;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
