"""Texts that the user types, taken at the keyboard, in a filter of the field or in a dialogue."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

OPEN = "@T_screen@ screen = Bench.open(@T_screen@.class);\n"
TYPE = OPEN + "Bench.type(screen, @n_input_1000_1999@, text);"

ACTION = Idiom(
    "text",
    "typed-and-entered",
    Template(
        sources={
            "@T_screen@": """
import android.view.inputmethod.EditorInfo;

public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        final EditText input = new EditText(this);
        input.setId(@n_input_1000_1999@);
        input.setOnEditorActionListener(new TextView.OnEditorActionListener() {
            @Override
            public boolean onEditorAction(TextView view, int action, KeyEvent event) {
                if (action == EditorInfo.IME_ACTION_DONE) {
                    String comment = view.getText().toString();
                    @decide(@T_screen@.this|comment)@
                    return true;
                }
                return false;
            }
        });
        setContentView(input);
    }
}
"""
        },
        manifest=activity(),
        drive=TYPE,
    ),
    origin="typed",
)

FILTER = Idiom(
    "text",
    "typed-filtered",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        EditText input = new EditText(this);
        input.setId(@n_input_1000_1999@);
        input.setFilters(new android.text.InputFilter[] {new @T_filter@(getApplicationContext())});
        setContentView(input);
    }
}
""",
            "@T_filter@": """
import android.text.InputFilter;
import android.text.Spanned;

class @T_filter@ implements InputFilter {
    private final Context @f_context@;

    @T_filter@(Context context) {
        this.@f_context@ = context;
    }

    @Override
    public CharSequence filter(CharSequence source, int start, int end, Spanned dest, int from, int to) {
        String piece = source.subSequence(start, end).toString();
        if (@ask(@f_context@|piece)@) {
            return "";
        }
        return null;
    }
}
""",
        },
        manifest=activity(),
        drive=TYPE,
    ),
    held_back=True,
    origin="typed",
    shape="question",
    consequences=("refused",),
)

POSTED = Idiom(
    "text",
    "typed-and-posted",
    Template(
        sources={
            "@T_post@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;

final class @T_post@ {
    static void @m_post@(String body) {
        try {
            HttpURLConnection connection = (HttpURLConnection) new URL("https://@host@@p_post@").openConnection();
            connection.setDoOutput(true);
            connection.setRequestMethod("POST");
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            Log.d("@T_post@", "posted " + connection.getResponseCode());
        } catch (IOException cause) {
            Log.w("@T_post@", cause);
        }
    }
}
""",
            "@T_screen@": """
public class @T_screen@ extends Activity {
    private EditText @f_input@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        @f_input@ = new EditText(this);
        @f_input@.setId(@n_input_1000_1999@);
        Button post = new Button(this);
        post.setId(@n_send_2000_2999@);
        post.setOnClickListener(this::@m_clicked@);
        root.addView(@f_input@);
        root.addView(post);
        setContentView(root);
    }

    private void @m_clicked@(View button) {
        String comment = @f_input@.getText().toString();
        if (@ask(this|comment)@) {
            @f_input@.setError(getString(R.string.@k_refused@));
            return;
        }
        @T_post@.@m_post@(comment);
    }
}
""",
        },
        manifest=activity(),
        permissions=("android.permission.INTERNET",),
        strings={"@k_refused@": "Please write something else."},
        drive=TYPE + "\nBench.click(screen, @n_send_2000_2999@);",
    ),
    origin="typed",
    shape="question",
    consequences=("message", "refused"),
    on_match=("error",),
    on_plain=("network",),
)

SEARCHED = Idiom(
    "text",
    "search-empty-answer",
    Template(
        sources={
            "@T_screen@": """
import android.util.Log;
import java.net.HttpURLConnection;
import java.net.URL;
import java.net.URLEncoder;

public class @T_screen@ extends Activity implements SearchView.OnQueryTextListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        SearchView search = new SearchView(this);
        search.setId(@n_input_1000_1999@);
        search.setOnQueryTextListener(this);
        setContentView(search);
    }

    @Override
    public boolean onQueryTextSubmit(String query) {
        return !@ask(this|query)@ && @m_find@(query);
    }

    private boolean @m_find@(String query) {
        try {
            URL address = new URL("https://@host@@p_search@?q=" + URLEncoder.encode(query, "UTF-8"));
            return ((HttpURLConnection) address.openConnection()).getResponseCode() == 200;
        } catch (IOException cause) {
            Log.w("@T_screen@", cause);
            return false;
        }
    }

    @Override
    public boolean onQueryTextChange(String partial) {
        return false;
    }
}
"""
        },
        manifest=activity(),
        permissions=("android.permission.INTERNET",),
        drive=OPEN + "Bench.query(screen, @n_input_1000_1999@, text);",
    ),
    origin="search",
    shape="question",
    consequences=("refused",),
    on_plain=("network",),
)

PROCESS = Idiom(
    "text",
    "processed-selection",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        CharSequence selected = getIntent().getCharSequenceExtra(Intent.EXTRA_PROCESS_TEXT);
        if (selected == null) {
            finish();
            return;
        }
        String given = selected.toString();
        @decide(this|given)@
    }
}
"""
        },
        manifest=activity("android.intent.action.PROCESS_TEXT", more='<data android:mimeType="text/plain" />'),
        drive="Bench.open(@T_screen@.class, new Intent(Intent.ACTION_PROCESS_TEXT)"
        ".putExtra(Intent.EXTRA_PROCESS_TEXT, text));",
    ),
    origin="intent",
)

SCRIPT = Idiom(
    "text",
    "page-body-by-evaluation",
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
        page.getSettings().setJavaScriptEnabled(true);
        page.setWebViewClient(new WebViewClient() {
            @Override
            public void onPageFinished(WebView view, String url) {
                view.evaluateJavascript("document.body.innerText", @T_screen@.this::@m_read@);
            }
        });
        setContentView(page);
    }

    private void @m_read@(String quoted) {
        if (quoted == null || quoted.length() < 2) {
            return;
        }
        String body = quoted.substring(1, quoted.length() - 1);
        @decide(this|body)@
    }
}
"""
        },
        manifest=activity(),
        drive='Bench.page("https://news.example/c", "-", text);\n'
        + OPEN
        + 'Bench.follow(screen, @n_input_1000_1999@, "https://news.example/c");',
    ),
    held_back=True,
    origin="page",
    whole=False,
)

IDIOMS = (ACTION, FILTER, POSTED, SEARCHED, PROCESS, SCRIPT)
