"""Texts of pages: their addresses, titles and bodies."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

FOLLOW = "@T_screen@ screen = Bench.open(@T_screen@.class);\n"
ID = "@n_input_1000_1999@"


def _as_url(word: str) -> str:
    return f"https://news.example/{word}/story"


OVERRIDE = Idiom(
    "text",
    "url-not-followed",
    Template(
        sources={
            "@T_screen@": """
import android.webkit.WebView;
import android.webkit.WebViewClient;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.setId(@n_input_1000_1999@);
        page.setWebViewClient(new @T_client@(this));
        setContentView(page);
        page.loadUrl("https://start.example/");
    }

    private static final class @T_client@ extends WebViewClient {
        private final Context @f_context@;

        @T_client@(Context context) {
            this.@f_context@ = context;
        }

        @Override
        public boolean shouldOverrideUrlLoading(WebView view, String url) {
            return @ask(@f_context@|url)@;
        }
    }
}
"""
        },
        manifest=activity(),
        drive=FOLLOW + f"Bench.follow(screen, {ID}, text);",
    ),
    origin="url",
    shape="question",
    consequences=("navigation",),
    on_plain=("navigate",),
    sample=_as_url,
)

INTERCEPT = Idiom(
    "text",
    "url-intercepted",
    Template(
        sources={
            "@T_screen@": """
import android.webkit.WebResourceRequest;
import android.webkit.WebResourceResponse;
import android.webkit.WebView;
import android.webkit.WebViewClient;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.setId(@n_input_1000_1999@);
        page.setWebViewClient(new WebViewClient() {
            @Override
            public WebResourceResponse shouldInterceptRequest(WebView view, WebResourceRequest request) {
                return @m_blocked@(request.getUrl().toString()) ? @m_empty@() : null;
            }
        });
        setContentView(page);
    }

    private boolean @m_blocked@(String address) {
        return @ask(this|address)@;
    }

    private static WebResourceResponse @m_empty@() {
        return new WebResourceResponse("text/plain", "utf-8", new ByteArrayInputStream(new byte[0]));
    }
}
"""
        },
        manifest=activity(),
        drive=FOLLOW + f"Bench.follow(screen, {ID}, text);",
    ),
    held_back=True,
    origin="url",
    shape="question",
    consequences=("navigation",),
    on_plain=("connect",),
    sample=_as_url,
)

STOPPED = Idiom(
    "text",
    "url-stopped",
    Template(
        sources={
            "@T_screen@": """
import android.graphics.Bitmap;
import android.webkit.WebView;
import android.webkit.WebViewClient;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.setId(@n_input_1000_1999@);
        page.setWebViewClient(new WebViewClient() {
            @Override
            public void onPageStarted(WebView view, String url, Bitmap icon) {
                if (@ask(@T_screen@.this|url)@) {
                    view.stopLoading();
                    view.loadUrl("about:blank");
                }
            }
        });
        setContentView(page);
    }
}
"""
        },
        manifest=activity(),
        drive=FOLLOW + f"Bench.follow(screen, {ID}, text);",
    ),
    origin="url",
    shape="question",
    consequences=("navigation",),
    on_match=("stop",),
    sample=_as_url,
)

TITLE = Idiom(
    "text",
    "page-title",
    Template(
        sources={
            "@T_screen@": """
import android.webkit.WebChromeClient;
import android.webkit.WebView;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.setId(@n_input_1000_1999@);
        page.setWebChromeClient(new @T_chrome@());
        setContentView(page);
    }

    class @T_chrome@ extends WebChromeClient {
        @Override
        public void onReceivedTitle(WebView view, String title) {
            super.onReceivedTitle(view, title);
            @decide(@T_screen@.this|title)@
        }
    }
}
"""
        },
        manifest=activity(),
        drive='Bench.page("https://news.example/a", text, "-");\n'
        + FOLLOW
        + f'Bench.follow(screen, {ID}, "https://news.example/a");',
    ),
    origin="page",
)

BODY = Idiom(
    "text",
    "page-body-by-script",
    Template(
        sources={
            "@T_screen@": """
import android.webkit.JavascriptInterface;
import android.webkit.WebView;
import android.webkit.WebViewClient;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.setId(@n_input_1000_1999@);
        page.getSettings().setJavaScriptEnabled(true);
        page.addJavascriptInterface(new @T_bridge@(), "@k_bridge@");
        page.setWebViewClient(new WebViewClient() {
            @Override
            public void onPageFinished(WebView view, String url) {
                view.loadUrl("javascript:window.@k_bridge@.@m_take@(document.body.innerText)");
            }
        });
        setContentView(page);
    }

    public final class @T_bridge@ {
        @JavascriptInterface
        public void @m_take@(String body) {
            @decide(@T_screen@.this|body)@
        }
    }
}
"""
        },
        manifest=activity(),
        drive='Bench.page("https://news.example/b", "-", text);\n'
        + FOLLOW
        + f'Bench.follow(screen, {ID}, "https://news.example/b");',
    ),
    origin="page",
)

LINK = Idiom(
    "text",
    "url-viewed",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Intent intent = getIntent();
        if (Intent.ACTION_VIEW.equals(intent.getAction()) && intent.getData() != null) {
            String link = intent.getDataString();
            @decide(this|link)@
        }
    }
}
"""
        },
        manifest=activity("android.intent.action.VIEW", more='<data android:scheme="https" />'),
        drive="Bench.open(@T_screen@.class, new Intent(Intent.ACTION_VIEW, android.net.Uri.parse(text)));",
    ),
    origin="url",
    also=("intent",),
    sample=_as_url,
)

IDIOMS = (OVERRIDE, INTERCEPT, STOPPED, TITLE, BODY, LINK)
