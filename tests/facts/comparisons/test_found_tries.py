"""Tries written out by hand: their words are the keys of maps, or the places that arrays are written at."""

import pytest

from assay.applications.tracing import Tracing
from assay.bytecode.sites.program import program_sites
from assay.facts.comparisons.found import Finder, Found
from tests.bytecode import dex_writer as w
from tests.bytecode.effects.followed import GOTO, IF_EQZ, IF_GE, IF_NEZ, Item, laid
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.facts.weaknesses.apps import Stated, app

MAIN, NODE = "Lorg/example/app/Main;", "Lorg/example/app/Node;"
MAP, HASH_MAP, BOX = "Ljava/util/Map;", "Ljava/util/HashMap;", "Ljava/lang/Character;"
EDITABLE, PREFERENCES = "Landroid/text/Editable;", "Landroid/content/SharedPreferences;"
BOTH, ENDS = l.proto("V", NODE, l.STRING), w.FieldId(NODE, "ends", "Z")
ROOT, TEXT, CHILD, EDGE, AT, LONG = 14, 15, 0, 3, 1, 2
TYPED: list[w.Unit] = [
    *l.constant(0, 0), *l.virtual("Landroid/widget/EditText;", "getText", l.proto(EDITABLE), 0), *l.result(0),
    *l.virtual(l.OBJECT, "toString", l.proto(l.STRING), 0), *l.result(7),
]  # fmt: skip
STORED: list[w.Unit] = [
    *l.constant(0, 0), *l.text(1, "words"),
    *l.interfaced(PREFERENCES, "getString", l.proto(l.STRING, l.STRING, l.STRING), 0, 1, 1), *l.result(5),
]  # fmt: skip
TOAST = l.virtual("Landroid/widget/Toast;", "show", l.VOID, 4)


class Kept:
    """How a node keeps its children: in a field, written and read by a sign in `EDGE`."""

    def __init__(self, of: str, made: list[w.Unit], sign: list[w.Unit], put: list[w.Unit], got: list[w.Unit]) -> None:
        self.field = w.FieldId(NODE, "children", of)
        self.made, self.sign, self.put, self.got = made, sign, put, got


IN_A_MAP = Kept(
    MAP,
    l.made(0, HASH_MAP),
    [*l.statically(BOX, "valueOf", l.proto(BOX, "C"), EDGE), *l.result(EDGE)],
    l.interfaced(MAP, "put", l.proto(l.OBJECT, l.OBJECT, l.OBJECT), 4, EDGE, CHILD),
    [*l.interfaced(MAP, "get", l.proto(l.OBJECT, l.OBJECT), 4, EDGE), *l.result(CHILD), 0x1F, w.Index("type", NODE)],
)
IN_AN_ARRAY = Kept(
    f"[{NODE}",
    [0x13 | 1 << 8, 26, *l.array(0, 1, f"[{NODE}")],
    [0xD8 | EDGE << 8, EDGE | (-97 & 0xFF) << 8],
    l.put_element(CHILD, 4, EDGE),
    l.got_element(CHILD, 4, EDGE),
)


def turning(kept: Kept, *step: Item) -> tuple[Item, ...]:
    """A loop over the signs of a text; `EDGE` is the sign, v4 the children of the node that was come to."""
    return (
        l.constant(AT, 0), "again",
        [*l.virtual(l.STRING, "length", l.proto("I"), TEXT), 0x0A | LONG << 8], (IF_GE, AT, LONG, "end"),
        [*l.virtual(l.STRING, "charAt", l.proto("C", "I"), TEXT, AT), 0x0A | EDGE << 8], kept.sign,
        l.got(4, ROOT, kept.field), *step, [0x07 | ROOT << 8 | CHILD << 12], [0xD8 | AT << 8, AT | 1 << 8],
        (GOTO, 0, -1, "again"), "end",
    )  # fmt: skip


def found(kept: Kept, *words: w.Unit) -> list[Found]:
    """What is found in a service that keeps words, which come into v5, and looks what was typed up in them."""
    marked = [*l.constant(5, 1), 0x5C | 5 << 8 | ROOT << 12, w.Index("field", ENDS)]
    add = l.static(MAIN, "add", BOTH, laid(*turning(kept, l.made(CHILD, NODE), kept.put), marked))
    asked: list[w.Unit] = [0x55 | 5 << 8 | CHILD << 12, w.Index("field", ENDS)]
    step: list[Item] = [kept.got, (IF_EQZ, CHILD, -1, "end"), asked, (IF_NEZ, 5, -1, "hit")]
    look: list[Item] = [*turning(kept, *step), [0x0E], "hit", TOAST]
    both = [(l.static(MAIN, "look", BOTH, laid(*look)), 7), (add, 5)]
    calls = [unit for method, text in reversed(both) for unit in l.statically(MAIN, method.id.name, BOTH, 6, text)]
    begin = k.method(MAIN, "onCreate", k.PUBLIC, [*l.made(6, NODE), *words, *TYPED, *calls])
    main = k.kin(MAIN, begin, *(method for method, _ in both), superclass="Landroid/app/Service;")
    node = k.kin(NODE, l.constructor(NODE, [*kept.made, *l.put(0, 15, kept.field)]))
    node.instance_fields = [kept.field, ENDS]
    opened = app([main, node], [Stated("org.example.app.Main")])
    sites, finder = program_sites(opened.code), Finder(Tracing(opened))
    return [each for site in sites.taken(sites.kept) for each in finder.at(site)]


@pytest.mark.parametrize("kept", [IN_A_MAP, IN_AN_ARRAY], ids=["map", "array"])
@pytest.mark.parametrize(("words", "word"), [(l.text(5, "word"), "constants"), (STORED, "preference")])
def test_words_of_a_trie_are_what_its_edges_were_made_of(kept: Kept, words: list[w.Unit], word: str) -> None:
    (one,) = found(kept, *words)
    assert (one.site.family, one.list_side.word, one.text_side.word) == ("trie", word, "typed")
    assert one.outcome.consequences == ("message",)
