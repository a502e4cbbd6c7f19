package android.view;

public class KeyEvent {
    public static final int KEYCODE_ENTER = 66;
    public static final int ACTION_DOWN = 0;

    public int getKeyCode() {
        return KEYCODE_ENTER;
    }
}
