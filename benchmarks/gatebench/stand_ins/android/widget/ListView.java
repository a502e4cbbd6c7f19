package android.widget;

import android.content.Context;
import android.view.ViewGroup;
import org.example.bench.Bench;

public class ListView extends ViewGroup {
    private ListAdapter adapter;

    public ListView(Context context) {
        super(context);
    }

    public void setAdapter(ListAdapter value) {
        adapter = value;
        for (int at = 0; value != null && at < value.getCount(); at++) {
            Bench.effect("show", value.getItem(at));
        }
    }

    public ListAdapter getAdapter() {
        return adapter;
    }
}
