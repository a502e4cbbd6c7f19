package android.view.accessibility;

import java.util.Collections;
import java.util.List;

public final class AccessibilityEvent {
    private final CharSequence text;

    public AccessibilityEvent(CharSequence text) {
        this.text = text;
    }

    public List<CharSequence> getText() {
        return Collections.singletonList(text);
    }

    public int getEventType() {
        return 16;
    }

    public CharSequence getPackageName() {
        return "org.example.other";
    }
}
