package android.view;

public class MenuInflater {
    public void inflate(int resource, Menu menu) {
    }
}
