"""Applications that compare a text for the sake of whoever wrote it: spelling, search, completion, commands, kinds."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.decoys_lists import FORM, OPEN, TYPE
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

SPELLING = Idiom(
    "decoy",
    "spell-checker",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    private final Set<String> @f_known@ = new HashSet<>();

    @T_words@(Context context) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(context.getAssets().open("@k_words@.dic")))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                @f_known@.add(line);
            }
        } catch (IOException cause) {
            @f_known@.clear();
        }
    }

    int @m_unknown@(String text) {
        int unknown = 0;
        for (String token : text.split(" ")) {
            if (!@f_known@.contains(token)) {
                unknown++;
            }
        }
        return unknown;
    }
}
""",
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        resources={"assets/@k_words@.dic": "@lines@"},
        parts=lambda _names, wiring: {
            "lines": "\n".join(wiring.entries) + "\nwe\nmet\nnear\nthe\nriver\n",
            "body": "int unknown = new @T_words@(this).@m_unknown@(typed);\n"
            '        @f_line@.setText(typed + " (" + unknown + ")");',
            "more": "",
        },
    ),
    allowed=("message",),
)

SEARCH = Idiom(
    "decoy",
    "own-search-in-own-text",
    Template(
        sources={
            "@T_screen@": """
public class @T_screen@ extends Activity {
    private EditText @f_note@;
    private SearchView @f_find@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        @f_note@ = new EditText(this);
        @f_note@.setId(@n_input_1000_1999@);
        @f_find@ = new SearchView(this);
        @f_find@.setId(@n_find_3000_3999@);
        @f_find@.setOnQueryTextListener(new SearchView.OnQueryTextListener() {
            @Override
            public boolean onQueryTextSubmit(String query) {
                boolean there = @f_note@.getText().toString().contains(query);
                Toast.makeText(@T_screen@.this, there ? "+" : "-", Toast.LENGTH_SHORT).show();
                return true;
            }

            @Override
            public boolean onQueryTextChange(String partial) {
                return false;
            }
        });
        root.addView(@f_note@);
        root.addView(@f_find@);
        setContentView(root);
    }
}
"""
        },
        manifest=activity(),
        drive=OPEN + "Bench.type(screen, @n_input_1000_1999@, text);\n"
        'Bench.query(screen, @n_find_3000_3999@, "river");',
    ),
    allowed=("message",),
)

COMPLETION = Idiom(
    "decoy",
    "completion",
    Template(
        sources={
            "@T_screen@": """
import android.text.Editable;
import android.text.TextWatcher;

public class @T_screen@ extends Activity implements TextWatcher {
    private static final String[] @f_towns@ = {@entries@};
    private final List<String> @f_offered@ = new ArrayList<>();
    private ListView @f_view@;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout root = new LinearLayout(this);
        EditText input = new EditText(this);
        input.setId(@n_input_1000_1999@);
        input.addTextChangedListener(this);
        @f_view@ = new ListView(this);
        root.addView(input);
        root.addView(@f_view@);
        setContentView(root);
    }

    @Override
    public void beforeTextChanged(CharSequence before, int start, int count, int after) {
    }

    @Override
    public void onTextChanged(CharSequence now, int start, int before, int count) {
    }

    @Override
    public void afterTextChanged(Editable now) {
        String typed = now.toString().toLowerCase(Locale.ROOT);
        @f_offered@.clear();
        for (String town : @f_towns@) {
            if (town.startsWith(typed)) {
                @f_offered@.add(town);
            }
        }
        @f_view@.setAdapter(new ArrayAdapter<>(this, 17367043, @f_offered@));
    }
}
"""
        },
        manifest=activity(),
        drive=OPEN + "Bench.type(screen, @n_input_1000_1999@, text);",
    ),
    held_back=True,
    allowed=("dropped",),
)

COUNTRIES = Idiom(
    "decoy",
    "country-table",
    Template(
        sources={
            "@T_table@": """
final class @T_table@ {
    private static final Map<String, String> @f_codes@ = new HashMap<>();

    static {
        @f_codes@.put("LT", "+370");
        @f_codes@.put("LV", "+371");
        @f_codes@.put("EE", "+372");
        @f_codes@.put("CN", "+86");
        @f_codes@.put("US", "+1");
    }

    static String @m_code@(Locale locale) {
        String code = @f_codes@.get(locale.getCountry());
        return code == null ? "+" : code;
    }
}
""",
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": '@f_line@.setText(@T_table@.@m_code@(Locale.getDefault()) + " " + typed);',
            "more": "",
        },
    ),
)

ALLOWED = Idiom(
    "decoy",
    "allowed-hosts",
    Template(
        sources={
            "@T_screen@": """
import android.net.Uri;
import android.webkit.WebView;
import android.webkit.WebViewClient;

public class @T_screen@ extends Activity {
    private static final List<String> @f_hosts@ = Arrays.asList("help.example", "shop.example", "news.example");

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        WebView page = new WebView(this);
        page.setId(@n_input_1000_1999@);
        page.setWebViewClient(new WebViewClient() {
            @Override
            public boolean shouldOverrideUrlLoading(WebView view, String url) {
                return !@f_hosts@.contains(Uri.parse(url).getHost());
            }
        });
        setContentView(page);
    }
}
"""
        },
        manifest=activity(),
        drive=OPEN + 'Bench.follow(screen, @n_input_1000_1999@, "https://news.example/" + text);',
    ),
    allowed=("navigation",),
)

COMMANDS = Idiom(
    "decoy",
    "commands-by-switch",
    Template(
        sources={
            "@T_screen@": FORM,
        },
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": "@f_line@.setText(@m_answer@(typed));",
            "more": """
    private static String @m_answer@(String command) {
        switch (command) {
            case "/help":
                return "/help /time /quit";
            case "/time":
                return String.valueOf(System.currentTimeMillis() / 60000);
            case "/quit":
                return "";
            default:
                return command;
        }
    }
""",
        },
    ),
)

IDIOMS = (SPELLING, SEARCH, COMPLETION, COUNTRIES, ALLOWED, COMMANDS)
