package android.webkit;

public class WebSettings {
    public void setJavaScriptEnabled(boolean value) {
    }
}
