package android.webkit;

import android.content.Context;
import android.net.Uri;
import android.view.ViewGroup;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.example.bench.Bench;
import org.json.JSONObject;

/** Shows the pages of the world; of scripts it knows only calls of a bridge with the page's text or title. */
public class WebView extends ViewGroup {
    private static final Pattern BRIDGED = Pattern.compile("javascript:(?:window\\.)?(\\w+)\\.(\\w+)\\((.*)\\);?");
    private final Map<String, Object> bridges = new LinkedHashMap<>();
    private WebViewClient client = new WebViewClient();
    private WebChromeClient chrome = new WebChromeClient();
    private String url = "";
    private boolean stopped;

    public WebView(Context context) {
        super(context);
        Bench.pages.add(this);
    }

    public void setWebViewClient(WebViewClient value) {
        client = value;
    }

    public void setWebChromeClient(WebChromeClient value) {
        chrome = value;
    }

    public WebSettings getSettings() {
        return new WebSettings();
    }

    public void addJavascriptInterface(Object bridge, String name) {
        bridges.put(name, bridge);
    }

    public void loadUrl(String wanted) {
        Matcher call = BRIDGED.matcher(wanted);
        if (call.matches()) {
            bridged(call);
        } else {
            Bench.effect("navigate", wanted);
        }
    }

    public void loadData(String data, String type, String encoding) {
        Bench.effect("show", data);
    }

    public void loadDataWithBaseURL(String base, String data, String type, String encoding, String history) {
        Bench.effect("show", data);
    }

    public void evaluateJavascript(String script, ValueCallback<String> callback) {
        callback.onReceiveValue(JSONObject.quote(read(script)));
    }

    private String read(String script) {
        JSONObject page = Bench.part("pages").optJSONObject(url);
        return page == null ? "" : page.optString(script.contains("title") ? "title" : "body");
    }

    private void bridged(Matcher call) {
        Object bridge = bridges.get(call.group(1));
        for (Method method : bridge.getClass().getMethods()) {
            if (method.getName().equals(call.group(2))) {
                try {
                    method.setAccessible(true);
                    method.invoke(bridge, read(call.group(3)));
                } catch (IllegalAccessException | InvocationTargetException failed) {
                    throw new IllegalStateException(failed.getCause() == null ? failed : failed.getCause());
                }
            }
        }
    }

    public void stopLoading() {
        stopped = true;
        Bench.effect("stop", "loading " + url);
    }

    public void reload() {
    }

    public void goBack() {
        Bench.effect("navigate", "back");
    }

    public boolean canGoBack() {
        return false;
    }

    public String getUrl() {
        return url;
    }

    public String getTitle() {
        return read("title");
    }

    /** Follows a link, as a person does. */
    public final void visited(String wanted) {
        WebResourceRequest request = request(wanted);
        if (client.shouldOverrideUrlLoading(this, request)) {
            return;
        }
        url = wanted;
        stopped = false;
        Bench.effect("navigate", wanted);
        client.onPageStarted(this, wanted, null);
        if (stopped) {
            return;
        }
        if (client.shouldInterceptRequest(this, request) == null) {
            Bench.effect("connect", wanted);
        }
        chrome.onReceivedTitle(this, read("title"));
        client.onPageFinished(this, wanted);
    }

    private static WebResourceRequest request(String wanted) {
        return new WebResourceRequest() {
            @Override
            public Uri getUrl() {
                return Uri.parse(wanted);
            }

            @Override
            public boolean isForMainFrame() {
                return true;
            }

            @Override
            public String getMethod() {
                return "GET";
            }
        };
    }
}
