package android.content.pm;

import android.content.Intent;
import java.util.ArrayList;
import java.util.List;
import org.example.bench.Bench;

/** Knows the packages of the world ("labels": package -> label). */
public class PackageManager {
    public static final int PERMISSION_GRANTED = 0;
    public static final int PERMISSION_DENIED = -1;
    public static final int GET_META_DATA = 128;
    public static final int COMPONENT_ENABLED_STATE_ENABLED = 1;
    public static final int COMPONENT_ENABLED_STATE_DISABLED = 2;

    public static class NameNotFoundException extends Exception {
        public NameNotFoundException(String name) {
            super(name);
        }
    }

    private static List<String> names() {
        return new ArrayList<>(Bench.part("labels").keySet());
    }

    private static PackageInfo info(String name) {
        PackageInfo made = new PackageInfo();
        made.packageName = name;
        made.applicationInfo.packageName = name;
        return made;
    }

    public List<PackageInfo> getInstalledPackages(int flags) {
        List<PackageInfo> found = new ArrayList<>();
        names().forEach(name -> found.add(info(name)));
        return found;
    }

    public List<ApplicationInfo> getInstalledApplications(int flags) {
        List<ApplicationInfo> found = new ArrayList<>();
        names().forEach(name -> found.add(info(name).applicationInfo));
        return found;
    }

    public PackageInfo getPackageInfo(String name, int flags) throws NameNotFoundException {
        if (!names().contains(name) && !name.equals(Bench.world.optString("package"))) {
            throw new NameNotFoundException(name);
        }
        return info(name);
    }

    public ApplicationInfo getApplicationInfo(String name, int flags) throws NameNotFoundException {
        return getPackageInfo(name, flags).applicationInfo;
    }

    public CharSequence getApplicationLabel(ApplicationInfo info) {
        return Bench.part("labels").optString(info.packageName, info.packageName);
    }

    public void setApplicationEnabledSetting(String name, int state, int flags) {
        Bench.effect(state == COMPONENT_ENABLED_STATE_DISABLED ? "hide" : "show", name);
    }

    public boolean hasSystemFeature(String name) {
        return false;
    }

    public PackageInstaller getPackageInstaller() {
        return new PackageInstaller();
    }

    public Intent getLaunchIntentForPackage(String name) {
        return new Intent(Intent.ACTION_MAIN).setPackage(name);
    }
}
