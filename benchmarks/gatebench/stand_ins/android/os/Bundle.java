package android.os;

import java.util.ArrayList;

public final class Bundle extends BaseBundle implements Parcelable {
    public Bundle() {
    }

    public Bundle(Bundle other) {
        putAll(other);
    }

    public void putAll(Bundle other) {
        values.putAll(other.values);
    }

    public void putCharSequence(String key, CharSequence value) {
        values.put(key, value);
    }

    public CharSequence getCharSequence(String key) {
        return (CharSequence) values.get(key);
    }

    public CharSequence getCharSequence(String key, CharSequence otherwise) {
        return values.containsKey(key) ? getCharSequence(key) : otherwise;
    }

    @SuppressWarnings("unchecked")
    public ArrayList<String> getStringArrayList(String key) {
        return (ArrayList<String>) values.get(key);
    }

    public void putStringArrayList(String key, ArrayList<String> value) {
        values.put(key, value);
    }

    public void putBundle(String key, Bundle value) {
        values.put(key, value);
    }

    public Bundle getBundle(String key) {
        return (Bundle) values.get(key);
    }

    public void putParcelable(String key, Parcelable value) {
        values.put(key, value);
    }

    @SuppressWarnings("unchecked")
    public <T extends Parcelable> T getParcelable(String key) {
        return (T) values.get(key);
    }

    @Override
    public int describeContents() {
        return 0;
    }
}
