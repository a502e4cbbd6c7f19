package android.webkit;

import android.graphics.Bitmap;

public class WebChromeClient {
    public void onReceivedTitle(WebView view, String title) {
    }

    public void onProgressChanged(WebView view, int progress) {
    }

    public void onReceivedIcon(WebView view, Bitmap icon) {
    }
}
