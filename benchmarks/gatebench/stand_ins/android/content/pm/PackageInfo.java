package android.content.pm;

public class PackageInfo {
    public String packageName;
    public String versionName = "1.0";
    public int versionCode = 1;
    public ApplicationInfo applicationInfo = new ApplicationInfo();
}
