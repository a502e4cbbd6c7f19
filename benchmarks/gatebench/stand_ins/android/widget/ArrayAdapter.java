package android.widget;

import android.content.Context;
import android.view.View;
import android.view.ViewGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.example.bench.Bench;

public class ArrayAdapter<T> extends BaseAdapter {
    private final List<T> items;

    public ArrayAdapter(Context context, int layout) {
        items = new ArrayList<>();
    }

    public ArrayAdapter(Context context, int layout, List<T> given) {
        items = given;
    }

    public ArrayAdapter(Context context, int layout, T[] given) {
        items = new ArrayList<>(Arrays.asList(given));
    }

    public void add(T item) {
        items.add(item);
        Bench.effect("show", item);
    }

    public void addAll(Collection<? extends T> more) {
        more.forEach(this::add);
    }

    public void remove(T item) {
        items.remove(item);
        Bench.effect("hide", item);
    }

    public void clear() {
        items.clear();
    }

    @Override
    public int getCount() {
        return items.size();
    }

    @Override
    public T getItem(int position) {
        return items.get(position);
    }

    @Override
    public long getItemId(int position) {
        return position;
    }

    @Override
    public View getView(int position, View old, ViewGroup parent) {
        return new TextView(null);
    }
}
