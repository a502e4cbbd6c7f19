package android.content;

public final class ComponentName {
    private final String owner;
    private final String name;

    public ComponentName(String owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    public ComponentName(Context context, Class<?> type) {
        this(context.getPackageName(), type.getName());
    }

    public ComponentName(Context context, String name) {
        this(context.getPackageName(), name);
    }

    public String getClassName() {
        return name;
    }

    public String getPackageName() {
        return owner;
    }
}
