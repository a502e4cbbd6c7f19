package android.content;

import java.util.ArrayList;
import java.util.List;

public class ClipData {
    private final List<Item> items = new ArrayList<>();

    public static ClipData newPlainText(CharSequence label, CharSequence text) {
        ClipData made = new ClipData();
        made.items.add(new Item(text));
        return made;
    }

    public int getItemCount() {
        return items.size();
    }

    public Item getItemAt(int index) {
        return items.get(index);
    }

    public static class Item {
        private final CharSequence text;

        public Item(CharSequence text) {
            this.text = text;
        }

        public CharSequence getText() {
            return text;
        }

        public CharSequence coerceToText(Context context) {
            return text;
        }
    }
}
