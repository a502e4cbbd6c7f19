"""Applications that help with what a person writes: completion, highlighting, units; and one that tests itself."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.decoys_lists import FORM, TYPE
from benchmarks.gatebench.idioms.manifests import activity
from benchmarks.gatebench.idioms.writing import Template

COMPLETION = Idiom(
    "decoy",
    "completion-of-beginnings",
    Template(
        sources={"@T_screen@": FORM},
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": """List<String> offered = new ArrayList<>();
        for (String word : @f_words@) {
            if (word.startsWith(typed.toLowerCase(Locale.ROOT))) {
                offered.add(word);
            }
        }
        new ListView(this).setAdapter(new ArrayAdapter<>(this, 17367043, offered));
        @f_line@.setText(typed);""",
            "more": "\n    private static final String[] @f_words@ = {@entries@};\n",
        },
    ),
)

HIGHLIGHTED = Idiom(
    "decoy",
    "keywords-highlighted",
    Template(
        sources={"@T_screen@": FORM},
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": """int colour = -16777216;
        for (String token : typed.split(" ")) {
            if (@f_words@.contains(token)) {
                colour = -16776961;
            }
        }
        @f_line@.setTextColor(colour);
        @f_line@.setText(typed);""",
            "more": "\n    private static final Set<String> @f_words@ = new HashSet<>(Arrays.asList(@entries@));\n",
        },
    ),
)

SELF_TEST = Idiom(
    "decoy",
    "own-self-test",
    Template(
        sources={
            "@T_words@": """
final class @T_words@ {
    static final List<String> @f_all@ = Arrays.asList(@entries@);

    static boolean @m_hit@(String text) {
        for (String word : @f_all@) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    static void @m_test@(Context context) {
        boolean found = @m_hit@("a text with " + @f_all@.get(0));
        boolean quiet = !@m_hit@("a text with nothing");
        android.util.Log.d("@T_words@", found && quiet ? "passed" : "failed");
    }
}
""",
            "@T_screen@": FORM,
        },
        start="@T_words@.@m_test@({context});",
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {"body": "@f_line@.setText(typed);", "more": ""},
    ),
    allowed=("logged",),
)

UNITS = Idiom(
    "decoy",
    "units-converted",
    Template(
        sources={"@T_screen@": FORM},
        manifest=activity(),
        drive=TYPE,
        parts=lambda _names, _wiring: {
            "body": """double factor = 1.0;
        for (Map.Entry<String, Double> unit : @f_units@.entrySet()) {
            if (typed.endsWith(" " + unit.getKey())) {
                factor = unit.getValue();
            }
        }
        @f_line@.setText(String.format(Locale.ROOT, "%s x %.2f", typed, factor));""",
            "more": """
    private static final Map<String, Double> @f_units@ = new LinkedHashMap<>();

    static {
        @f_units@.put("km", 0.62);
        @f_units@.put("kg", 2.2);
        @f_units@.put("litres", 0.26);
    }
""",
        },
    ),
    held_back=True,
    allowed=("message",),
)

IDIOMS = (COMPLETION, HIGHLIGHTED, SELF_TEST, UNITS)
