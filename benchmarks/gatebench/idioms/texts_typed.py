"""Texts that the user types or seeks."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

BUTTON = Idiom(
    "text",
    "typed-and-sent",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity implements View.OnClickListener {
    private static final int @f_input_id@ = @n_input_1000_1999@;
    private static final int @f_send_id@ = @n_send_2000_2999@;
    private EditText @f_input@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        @f_input@ = new EditText(this);
        @f_input@.setId(@f_input_id@);
        Button send = new Button(this);
        send.setId(@f_send_id@);
        send.setOnClickListener(this);
        root.addView(@f_input@);
        root.addView(send);
        setContentView(root);
    }

    @Override
    public void onClick(View button) {
        if (button.getId() != @f_send_id@) {
            return;
        }
        String typed = @f_input@.getText().toString().trim();
        if (typed.length() > 0) {
            @decide(this|typed)@
        }
    }
}
"""
        },
        manifest=activity(),
        drive="@T_screen@ screen = Bench.open(@T_screen@.class);\n"
        "Bench.type(screen, @n_input_1000_1999@, text);\n"
        "Bench.click(screen, @n_send_2000_2999@);",
    ),
    origin="typed",
)

WATCHER = Idiom(
    "text",
    "typed-watched",
    Template(
        sources={
            "@T_screen@": """
import android.text.Editable;
import android.text.TextWatcher;

public class @T_screen@ extends Activity {
    private EditText @f_input@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @f_input@ = new EditText(this);
        @f_input@.setId(@n_input_1000_1999@);
        @f_input@.addTextChangedListener(new TextWatcher() {
            @Override
            public void beforeTextChanged(CharSequence before, int start, int count, int after) {
            }

            @Override
            public void onTextChanged(CharSequence now, int start, int before, int count) {
            }

            @Override
            public void afterTextChanged(Editable now) {
                @m_changed@(now.toString());
            }
        });
        setContentView(@f_input@);
    }

    private void @m_changed@(String typed) {
        if (typed.isEmpty()) {
            return;
        }
        @decide(this|typed)@
    }
}
"""
        },
        manifest=activity(),
        drive="@T_screen@ screen = Bench.open(@T_screen@.class);\nBench.type(screen, @n_input_1000_1999@, text);",
    ),
    origin="typed",
)

FORM = Idiom(
    "text",
    "typed-form-object",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    private EditText @f_title@;
    private EditText @f_body@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        @f_title@ = @m_field@(root, @n_title_3000_3999@);
        @f_body@ = @m_field@(root, @n_input_1000_1999@);
        Button save = new Button(this);
        save.setId(@n_send_2000_2999@);
        save.setOnClickListener(button -> @m_submit@(
                new @T_draft@(@f_title@.getText().toString(), @f_body@.getText().toString())));
        root.addView(save);
        setContentView(root);
    }

    private EditText @m_field@(LinearLayout root, int id) {
        EditText made = new EditText(this);
        made.setId(id);
        root.addView(made);
        return made;
    }

    private void @m_submit@(@T_draft@ draft) {
        String whole = draft.@m_whole@();
        @decide(getApplicationContext()|whole)@
    }

    static final class @T_draft@ {
        private final String title;
        private final String body;

        @T_draft@(String title, String body) {
            this.title = title;
            this.body = body;
        }

        String @m_whole@() {
            return title.isEmpty() ? body : title + " " + body;
        }
    }
}
"""
        },
        manifest=activity(),
        drive="@T_screen@ screen = Bench.open(@T_screen@.class);\n"
        "Bench.type(screen, @n_input_1000_1999@, text);\n"
        "Bench.click(screen, @n_send_2000_2999@);",
    ),
    held_back=True,
    origin="typed",
)

SEARCH_VIEW = Idiom(
    "text",
    "search-view",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity implements SearchView.OnQueryTextListener {
    private SearchView @f_search@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @f_search@ = new SearchView(this);
        @f_search@.setId(@n_input_1000_1999@);
        @f_search@.setOnQueryTextListener(this);
        setContentView(@f_search@);
    }

    @Override
    public boolean onQueryTextSubmit(String query) {
        @decide(this|query)@
        return true;
    }

    @Override
    public boolean onQueryTextChange(String partial) {
        return false;
    }
}
"""
        },
        manifest=activity(),
        drive="@T_screen@ screen = Bench.open(@T_screen@.class);\nBench.query(screen, @n_input_1000_1999@, text);",
    ),
    origin="search",
)

SEARCH_INTENT = Idiom(
    "text",
    "search-intent",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        @m_handle@(getIntent());
    }

    @Override
    protected void onNewIntent(Intent intent) {
        setIntent(intent);
        @m_handle@(intent);
    }

    private void @m_handle@(Intent intent) {
        if (!Intent.ACTION_SEARCH.equals(intent.getAction())) {
            return;
        }
        String query = intent.getStringExtra(SearchManager.QUERY);
        if (query != null) {
            @decide(this|query)@
        }
    }
}
"""
        },
        manifest=activity("android.intent.action.SEARCH"),
        drive="Bench.open(@T_screen@.class, new Intent(Intent.ACTION_SEARCH).putExtra(SearchManager.QUERY, text));",
    ),
    held_back=True,
    origin="search",
)

IDIOMS = (BUTTON, WATCHER, FORM, SEARCH_VIEW, SEARCH_INTENT)
