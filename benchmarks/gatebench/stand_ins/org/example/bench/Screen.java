package org.example.bench;

import android.content.Context;
import android.view.View;
import java.lang.reflect.InvocationHandler;
import java.util.HashMap;
import java.util.Map;

/** Finds views by number. What the code asks for decides the class: the resources name it as "layout" of the world. */
public final class Screen {
    private final Context context;
    private final Map<Integer, View> found = new HashMap<>();

    public Screen(Context context) {
        this.context = context;
    }

    @SuppressWarnings("unchecked")
    public <T extends View> T find(int id) {
        return (T) found.computeIfAbsent(id, this::made);
    }

    private View made(int id) {
        String type = Bench.part("views").optString(String.valueOf(id), "android.widget.EditText");
        try {
            View view = (View) Class.forName(type, true, Bench.loader).getConstructor(Context.class).newInstance(context);
            view.setId(id);
            return view;
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
