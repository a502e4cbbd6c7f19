package android.content;

import java.util.ArrayList;
import java.util.List;
import org.example.bench.Bench;

public class ClipboardManager {
    public interface OnPrimaryClipChangedListener {
        void onPrimaryClipChanged();
    }

    private final List<OnPrimaryClipChangedListener> listeners = new ArrayList<>();
    private ClipData clip;

    public void copied(String text) {
        clip = ClipData.newPlainText("", text);
        new ArrayList<>(listeners).forEach(OnPrimaryClipChangedListener::onPrimaryClipChanged);
    }

    public void addPrimaryClipChangedListener(OnPrimaryClipChangedListener listener) {
        listeners.add(listener);
    }

    public void removePrimaryClipChangedListener(OnPrimaryClipChangedListener listener) {
        listeners.remove(listener);
    }

    public boolean hasPrimaryClip() {
        return clip != null;
    }

    public ClipData getPrimaryClip() {
        return clip;
    }

    public CharSequence getText() {
        return clip == null ? null : clip.getItemAt(0).getText();
    }

    public void setPrimaryClip(ClipData value) {
        clip = value;
        Bench.effect("store", "clipboard " + value.getItemAt(0).getText());
    }
}
