"""A few idioms by hand, of which the tests know what they come to."""

from collections.abc import Mapping

from benchmarks.gatebench import composing
from benchmarks.gatebench.composing import Plan
from benchmarks.gatebench.fragments import Idiom, Naming, Piece, State, Wires, World, fill, literal
from benchmarks.gatebench.specimens import Specimen

HOST = "https://list.example.test/words"


def _constants(names: Naming, wiring: Wires) -> Piece:
    owner = names.type("words")
    words = ", ".join(map(literal, wiring.entries))
    text = fill("final class @owner@ {\n    static final String[] ALL = {@words@};\n}\n", owner=owner, words=words)
    return Piece(sources={owner: text}, use=f"Arrays.asList({owner}.ALL)")


def _downloaded(names: Naming, _wiring: Wires) -> Piece:
    owner = names.type("words")
    text = fill(
        """
import java.net.URL;

final class @owner@ {
    static List<String> all = new ArrayList<>();

    static void load() {
        try (Scanner in = new Scanner(new URL("@host@").openStream(), "UTF-8")) {
            while (in.hasNextLine()) {
                all.add(in.nextLine());
            }
        } catch (IOException cause) {
            all.clear();
        }
    }
}
""",
        owner=owner,
        host=HOST,
    )
    return Piece(
        sources={owner: text},
        use=f"{owner}.all",
        start=f"{owner}.load();",
        world=lambda words, _state: World(replies={HOST: "\n".join(words)}),
    )


def _contains(names: Naming, wiring: Wires) -> Piece:
    owner = names.type("match")
    text = fill(
        """
final class @owner@ {
    static boolean hit(List<String> words, String text) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
""",
        owner=owner,
    )
    return Piece(sources={owner: text}, use=f"{owner}.hit({wiring.words('{context}')}, {{text}})")


def _typed(names: Naming, wiring: Wires) -> Piece:
    owner = names.type("screen")
    text = fill(
        """
public class @owner@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        EditText input = new EditText(this);
        input.setId(7);
        Button send = new Button(this);
        send.setId(8);
        send.setOnClickListener(button -> {
            @decide@
        });
    }
}
""",
        owner=owner,
        decide=wiring.decide("this", "input.getText().toString()"),
    )
    return Piece(
        sources={owner: text},
        manifest=(f'<activity android:name=".{owner}" />',),
        drive=f"{owner} screen = Bench.open({owner}.class);\nBench.type(screen, 7, text);\nBench.click(screen, 8);",
    )


def _refused(_names: Naming, wiring: Wires) -> Piece:
    use = fill(
        "if (@condition@) {\n"
        "    Toast.makeText({context}, R.string.refused, Toast.LENGTH_SHORT).show();\n    return;\n}\n"
        '{context}.getSharedPreferences("drafts", 0).edit().putString("last", {text}).apply();',
        condition=wiring.condition("{context}", "{text}"),
    )
    return Piece(use=use, strings={"refused": "This can't be saved."})


def _market(_names: Naming, _wiring: Wires) -> Piece:
    return Piece(
        use='android.os.SystemProperties.get("ro.example.market", "").equals("CN")',
        market_properties=("ro.example.market",),
    )


def _switch(names: Naming, _wiring: Wires) -> Piece:
    file = names.key("switch")
    return Piece(
        use=f'{{context}}.getSharedPreferences("{file}", 0).getBoolean("on", false)',
        world=lambda _words, state: World(preferences={f"{file}/on": state.get("on")}),
    )


def _spelling(names: Naming, wiring: Wires) -> Piece:
    owner = names.type("spelling")
    words = ", ".join(map(literal, wiring.entries))
    text = fill(
        """
public class @owner@ extends Activity {
    static final Set<String> WORDS = new HashSet<>(Arrays.asList(@words@));

    void look(String text) {
        if (!WORDS.contains(text)) {
            new TextView(this).setText("?");
        }
    }
}
""",
        owner=owner,
        words=words,
    )
    return Piece(
        sources={owner: text},
        manifest=(f'<activity android:name=".{owner}" />',),
        drive=f"new {owner}().look(text);",
    )


def itself(word: str) -> str:
    return word


def on(_profile: object, state: State) -> bool:
    return bool(state.get("on"))


VIEWED = Idiom("text", "test-viewed", _typed, origin="url", also=("intent",))
CONSTANTS = Idiom("list", "test-constants", _constants, origin="constants")
DOWNLOADED = Idiom("list", "test-downloaded", _downloaded, origin="downloaded", remote=True)
CONTAINS = Idiom("matcher", "test-contains", _contains)
TYPED = Idiom("text", "test-typed", _typed, origin="typed")
REFUSED = Idiom(
    "consequence",
    "test-refused",
    _refused,
    consequences=("refused", "message"),
    on_match=("toast",),
    on_plain=("store",),
)
MARKET = Idiom("gate", "test-market", _market, opens=lambda profile, _state: profile.market == "CN")
SWITCH = Idiom("gate", "test-switch", _switch, opens=on, server={"on": (False, True)})
HELD_BACK = Idiom("list", "test-held-back", _constants, origin="constants", held_back=True)
UNDECIDABLE = Idiom("list", "test-undecidable", _constants, origin="file", undecidable=("remote_content",))
SPELLING = Idiom("decoy", "test-spelling", _spelling, sample=itself, allowed=("message",), on_plain=("show",))


def specimen(
    list_: Idiom = CONSTANTS, *gates: Idiom, twin: str = "", number: int = 0, stage: str = "use", text: Idiom = TYPED
) -> Specimen:
    """Return a specimen of these parts: typed text that contains a word is refused with a message."""
    stages = tuple((gate, stage) for gate in gates)
    plan = Plan(f"t{number}{twin}", number, list_, text, CONTAINS, REFUSED, stages, {}, twin, number)
    return composing.Composer(plan, f"org.example.test{number}").specimen()


def spelling(number: int = 90) -> Specimen:
    """Return a decoy that shows a mark beside words that do not stand on its list."""
    return composing.decoy(SPELLING, "t-spelling", number, f"org.example.test{number}")


def gates(
    row: Mapping[str, tuple[str, str, str, str]], otherwise: tuple[str, str, str, str]
) -> dict[str, tuple[str, ...]]:
    """Return rows of all profiles, some of them given."""
    return {profile: row.get(profile, otherwise) for profile in ("eu-lt", "cn", "us", "unknown")}
