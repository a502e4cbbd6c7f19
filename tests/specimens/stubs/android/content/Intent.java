package android.content;

import android.os.Bundle;
import java.util.ArrayList;

public class Intent {
    public static final String ACTION_BOOT_COMPLETED = "android.intent.action.BOOT_COMPLETED";

    public Intent() { }
    public Intent(String action) { }
    public Intent(Context context, Class<?> target) { }
    public String getAction() { throw new RuntimeException("stub"); }
    public Intent putExtra(String name, String value) { throw new RuntimeException("stub"); }
    public Intent putExtra(String name, long value) { throw new RuntimeException("stub"); }
    public String getStringExtra(String name) { throw new RuntimeException("stub"); }
    public long getLongExtra(String name, long fallback) { throw new RuntimeException("stub"); }
    public Intent setPackage(String name) { throw new RuntimeException("stub"); }
    public Intent putStringArrayListExtra(String name, ArrayList<String> value) { throw new RuntimeException("stub"); }
    public ArrayList<String> getStringArrayListExtra(String name) { throw new RuntimeException("stub"); }
    public Object getSerializableExtra(String name) { throw new RuntimeException("stub"); }
    public Bundle getExtras() { throw new RuntimeException("stub"); }
}
