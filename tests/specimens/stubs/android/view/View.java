package android.view;

public class View {
    public interface OnClickListener {
        void onClick(View view);
    }

    public void setOnClickListener(OnClickListener listener) { throw new RuntimeException("stub"); }
    public void setVisibility(int visibility) { throw new RuntimeException("stub"); }
}
