package android.view.inputmethod;

public final class InputMethodManager {
}
