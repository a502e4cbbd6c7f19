package com.android.volley.toolbox;

import android.content.Context;
import com.android.volley.RequestQueue;

public class Volley {
    public static RequestQueue newRequestQueue(Context context) {
        return new RequestQueue();
    }
}
