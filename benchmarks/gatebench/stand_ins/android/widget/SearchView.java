package android.widget;

import android.content.Context;
import android.view.ViewGroup;
import org.example.bench.Bench;

public class SearchView extends ViewGroup {
    public interface OnQueryTextListener {
        boolean onQueryTextSubmit(String query);
        boolean onQueryTextChange(String text);
    }

    private OnQueryTextListener listener;
    private CharSequence query = "";

    public SearchView(Context context) {
        super(context);
    }

    public void setOnQueryTextListener(OnQueryTextListener value) {
        listener = value;
    }

    public CharSequence getQuery() {
        return query;
    }

    public void setQuery(CharSequence value, boolean submit) {
        query = value;
        Bench.effect("show", value);
    }

    public final void submitted(String text) {
        query = text;
        if (listener != null) {
            listener.onQueryTextChange(text);
            listener.onQueryTextSubmit(text);
        }
    }
}
