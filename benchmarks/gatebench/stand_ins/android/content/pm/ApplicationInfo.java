package android.content.pm;

public class ApplicationInfo {
    public String packageName;
    public int flags;
    public int labelRes;
    public android.os.Bundle metaData = new android.os.Bundle();

    public CharSequence loadLabel(PackageManager manager) {
        return manager.getApplicationLabel(this);
    }
}
