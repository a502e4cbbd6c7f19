package android.view.inputmethod;

public class EditorInfo {
    public static final int IME_ACTION_DONE = 6;
    public static final int IME_ACTION_SEARCH = 3;
    public static final int IME_ACTION_SEND = 4;
    public int inputType;
    public String packageName;
}
