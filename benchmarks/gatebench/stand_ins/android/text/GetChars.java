package android.text;

public interface GetChars extends CharSequence {
}
