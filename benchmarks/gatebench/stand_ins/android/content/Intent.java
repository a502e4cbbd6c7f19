package android.content;

import android.net.Uri;
import android.os.Bundle;
import android.os.Parcelable;
import java.io.Serializable;
import java.util.ArrayList;

public class Intent implements Parcelable {
    public static final String ACTION_BOOT_COMPLETED = "android.intent.action.BOOT_COMPLETED";
    public static final String ACTION_DIAL = "android.intent.action.DIAL";
    public static final String ACTION_CALL = "android.intent.action.CALL";
    public static final String ACTION_INSTALL_PACKAGE = "android.intent.action.INSTALL_PACKAGE";
    public static final String ACTION_MAIN = "android.intent.action.MAIN";
    public static final String ACTION_NEW_OUTGOING_CALL = "android.intent.action.NEW_OUTGOING_CALL";
    public static final String ACTION_PACKAGE_ADDED = "android.intent.action.PACKAGE_ADDED";
    public static final String ACTION_PROCESS_TEXT = "android.intent.action.PROCESS_TEXT";
    public static final String ACTION_SEARCH = "android.intent.action.SEARCH";
    public static final String ACTION_SEND = "android.intent.action.SEND";
    public static final String ACTION_SENDTO = "android.intent.action.SENDTO";
    public static final String ACTION_VIEW = "android.intent.action.VIEW";
    public static final String ACTION_WEB_SEARCH = "android.intent.action.WEB_SEARCH";
    public static final String CATEGORY_LAUNCHER = "android.intent.category.LAUNCHER";
    public static final String EXTRA_PHONE_NUMBER = "android.intent.extra.PHONE_NUMBER";
    public static final String EXTRA_PROCESS_TEXT = "android.intent.extra.PROCESS_TEXT";
    public static final String EXTRA_STREAM = "android.intent.extra.STREAM";
    public static final String EXTRA_SUBJECT = "android.intent.extra.SUBJECT";
    public static final String EXTRA_TEXT = "android.intent.extra.TEXT";
    public static final String EXTRA_TITLE = "android.intent.extra.TITLE";
    public static final int FLAG_ACTIVITY_NEW_TASK = 268435456;
    private String action;
    private Uri data;
    private String type;
    private ComponentName component;
    private Bundle extras = new Bundle();

    public Intent() {
    }

    public Intent(String action) {
        this.action = action;
    }

    public Intent(String action, Uri data) {
        this.action = action;
        this.data = data;
    }

    public Intent(Context context, Class<?> type) {
        this.component = new ComponentName("", type.getName());
    }

    public Intent(Intent other) {
        action = other.action;
        data = other.data;
        type = other.type;
        component = other.component;
        extras = new Bundle(other.extras);
    }

    public static Intent createChooser(Intent target, CharSequence title) {
        return target;
    }

    public String getAction() {
        return action;
    }

    public Intent setAction(String value) {
        action = value;
        return this;
    }

    public Uri getData() {
        return data;
    }

    public String getDataString() {
        return data == null ? null : data.toString();
    }

    public Intent setData(Uri value) {
        data = value;
        return this;
    }

    public String getType() {
        return type;
    }

    public Intent setType(String value) {
        type = value;
        return this;
    }

    public Intent setDataAndType(Uri uri, String value) {
        data = uri;
        type = value;
        return this;
    }

    public ComponentName getComponent() {
        return component;
    }

    public Intent setComponent(ComponentName value) {
        component = value;
        return this;
    }

    public Intent setClass(Context context, Class<?> value) {
        component = new ComponentName("", value.getName());
        return this;
    }

    public Intent setClassName(Context context, String name) {
        component = new ComponentName("", name);
        return this;
    }

    public Intent setClassName(String owner, String name) {
        component = new ComponentName(owner, name);
        return this;
    }

    public Intent setPackage(String owner) {
        return this;
    }

    public Intent addFlags(int flags) {
        return this;
    }

    public Intent setFlags(int flags) {
        return this;
    }

    public Intent addCategory(String category) {
        return this;
    }

    public Bundle getExtras() {
        return extras;
    }

    public Intent putExtras(Bundle more) {
        extras.putAll(more);
        return this;
    }

    public Intent replaceExtras(Bundle other) {
        extras = new Bundle(other);
        return this;
    }

    public boolean hasExtra(String key) {
        return extras.containsKey(key);
    }

    public void removeExtra(String key) {
        extras.remove(key);
    }

    public Intent putExtra(String key, String value) {
        extras.putString(key, value);
        return this;
    }

    public Intent putExtra(String key, CharSequence value) {
        extras.putCharSequence(key, value);
        return this;
    }

    public Intent putExtra(String key, String[] value) {
        extras.putStringArray(key, value);
        return this;
    }

    public Intent putExtra(String key, boolean value) {
        extras.putBoolean(key, value);
        return this;
    }

    public Intent putExtra(String key, int value) {
        extras.putInt(key, value);
        return this;
    }

    public Intent putExtra(String key, long value) {
        extras.putLong(key, value);
        return this;
    }

    public Intent putExtra(String key, Bundle value) {
        extras.putBundle(key, value);
        return this;
    }

    public Intent putExtra(String key, Serializable value) {
        extras.putSerializable(key, value);
        return this;
    }

    public Intent putExtra(String key, Parcelable value) {
        extras.putParcelable(key, value);
        return this;
    }

    public Intent putStringArrayListExtra(String key, ArrayList<String> value) {
        extras.putStringArrayList(key, value);
        return this;
    }

    public String getStringExtra(String key) {
        return extras.getString(key);
    }

    public CharSequence getCharSequenceExtra(String key) {
        return extras.getCharSequence(key);
    }

    public String[] getStringArrayExtra(String key) {
        return extras.getStringArray(key);
    }

    public ArrayList<String> getStringArrayListExtra(String key) {
        return extras.getStringArrayList(key);
    }

    public boolean getBooleanExtra(String key, boolean otherwise) {
        return extras.getBoolean(key, otherwise);
    }

    public int getIntExtra(String key, int otherwise) {
        return extras.getInt(key, otherwise);
    }

    public long getLongExtra(String key, long otherwise) {
        return extras.getLong(key, otherwise);
    }

    public Bundle getBundleExtra(String key) {
        return extras.getBundle(key);
    }

    public Serializable getSerializableExtra(String key) {
        return extras.getSerializable(key);
    }

    public <T extends Parcelable> T getParcelableExtra(String key) {
        return extras.getParcelable(key);
    }

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public String toString() {
        return action + " " + data + " " + extras;
    }
}
