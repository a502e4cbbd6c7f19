package org.example.dialer;

import android.app.Activity;
import android.os.Bundle;

public class DialActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.dial);
    }
}
