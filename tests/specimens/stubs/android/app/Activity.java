package android.app;

import android.content.ContextWrapper;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;

public class Activity extends ContextWrapper {
    protected void onCreate(Bundle state) { throw new RuntimeException("stub"); }
    protected void onResume() { throw new RuntimeException("stub"); }
    protected void onPause() { throw new RuntimeException("stub"); }
    protected void onDestroy() { throw new RuntimeException("stub"); }
    public void setContentView(int layout) { throw new RuntimeException("stub"); }
    public View findViewById(int id) { throw new RuntimeException("stub"); }
    public Intent getIntent() { throw new RuntimeException("stub"); }
    public void finish() { throw new RuntimeException("stub"); }
}
