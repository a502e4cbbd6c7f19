package android.view;

import android.content.Context;

public class ViewGroup extends View {
    public ViewGroup(Context context) {
        super(context);
    }

    public void addView(View view) {
        org.example.bench.Bench.effect("show", view.shown());
    }

    public void removeView(View view) {
        org.example.bench.Bench.effect("hide", view.shown());
    }

    public void removeAllViews() {
    }
}
