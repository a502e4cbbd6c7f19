package android.widget;

import android.view.View;
import android.view.ViewGroup;

public abstract class BaseAdapter implements ListAdapter {
    public abstract View getView(int position, View old, ViewGroup parent);

    public void notifyDataSetChanged() {
        for (int at = 0; at < getCount(); at++) {
            org.example.bench.Bench.effect("show", getItem(at));
        }
    }
}
