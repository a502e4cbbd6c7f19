package android.content.res;

public class Resources {
    public String[] getStringArray(int id) { throw new RuntimeException("stub"); }
    public String getString(int id) { throw new RuntimeException("stub"); }
}
