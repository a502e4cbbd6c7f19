"""Documents of a server that hold a list, and a switch beside it."""

from assay.reference.models import Models
from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

JSON, ARRAY = "Lorg/json/JSONObject;", "[Ljava/lang/String;"
SERVED = """
schema = "assay-models/1"
reference = "written for this test"
verified = "unverified"
[[class]]
names = "out.Net"
models = [{methods = "fetch", source = "network.response"}]
[[class]]
names = "out.Line"
models = [{methods = "split", parameters = 1, flows = "arg1 -> return[] split"}]
[[class]]
names = "org.json.JSONObject"
models = [
  {methods = "<init>", parameters = 1, flows = "arg1 -> this parse-json"},
  {methods = "optString optBoolean", parameters = 1, flows = "this -> return json-field; this[arg1] -> return"},
]
"""
MODELS = Models.parse([("test", f.MODELS), ("served", SERVED)])
KEPT, MARKET = w.FieldId(f.MAIN, "kept", JSON), w.FieldId(f.MAIN, "market", l.STRING)
PIECES = w.FieldId(f.MAIN, "pieces", ARRAY)
FETCHED = [*l.statically("Lout/Net;", "fetch", l.proto(l.STRING)), *l.result(2)]
MATCHED: tuple[f.Item, ...] = (f.asks("contains", "Z"), (f.IF_NEZ, 0, -1, "end"), f.send())


def test_a_switch_beside_the_list_in_one_document_is_a_gate() -> None:
    """if (kept.optBoolean("on") && words.contains(text)) return; send(); with words of kept."""
    of = l.proto(l.STRING, l.STRING)
    document = [*FETCHED, *l.made(3, JSON, 2, of=l.proto("V", l.STRING)), *l.put_static(3, KEPT)]
    words = (*document, *l.text(4, "words"), *l.virtual(JSON, "optString", of, 3, 4), *l.result(1))
    asked = [*l.got_static(2, KEPT), *l.text(3, "on"), *l.virtual(JSON, "optBoolean", l.proto("Z", l.STRING), 2, 3)]
    code: list[f.Item] = [asked, [0x0A | 5 << 8], (f.IF_EQZ, 5, -1, "end"), *MATCHED, "end"]
    found = f.compared(*code, number=1, words=words, models=MODELS)
    assert (found.list_side.word, found.remote_switch) == ("downloaded", "yes")
    assert {(line.unset.name, line.server_opens.name, line.server_closes.name) for line in found.gate.lines} == {
        ("NO", "YES", "YES")
    }


def test_what_a_list_is_asked_for_with_is_a_gate_still() -> None:
    """if (market.is("CN") && words.contains(text)) return; send(); with words that were fetched for the market."""
    read = [*l.statically("Lout/Screen;", "market", l.proto(l.STRING)), *l.result(2), *l.put_static(2, MARKET)]
    words = (*read, *l.statically("Lout/Net;", "fetch", l.proto(l.STRING, l.STRING), 2), *l.result(1))
    asked = [*l.got_static(2, MARKET), *l.text(3, "CN"), *l.virtual("Lout/Market;", "is", l.proto("Z", l.STRING), 2, 3)]
    code: list[f.Item] = [asked, [0x0A | 5 << 8], (f.IF_EQZ, 5, -1, "end"), *MATCHED, "end"]
    found = f.compared(*code, number=1, words=words, models=MODELS)
    assert (found.list_side.word, found.text_side.word) == ("downloaded", "typed")
    assert (f.truths(found), found.gate.formula) == ({"CN": "YES", "LT": "NO"}, "market in {CN}")


SPLIT = [*l.statically("Lout/Line;", "split", l.proto(ARRAY, l.STRING), 2), *l.result(1), *l.put_static(1, PIECES)]
TESTED: tuple[f.Item, ...] = (
    [*l.got_static(2, PIECES), *l.constant(3, 0), *l.got_element(2, 2, 3), *l.text(3, "x")],
    [*l.virtual("Lout/Market;", "is", l.proto("Z", l.STRING), 2, 3), 0x0A | 5 << 8], (f.IF_EQZ, 5, -1, "end"),
    *MATCHED, "end",
)  # fmt: skip
"""if (pieces[0].is("x") && words.contains(text)) return; send();"""


def test_a_numbered_piece_of_the_list_is_no_gate() -> None:
    found = f.compared(*TESTED, number=1, words=(*FETCHED, *SPLIT), models=MODELS)
    assert (found.list_side.word, found.remote_switch, found.gate.formula) == ("downloaded", "no", "true")


def test_a_numbered_piece_of_something_else_is_one() -> None:
    found = f.compared(*TESTED, number=1, words=(*FETCHED, *SPLIT, *FETCHED, 0x07 | 1 << 8 | 2 << 12), models=MODELS)
    assert (found.list_side.word, found.remote_switch, found.gate.formula) == ("downloaded", "yes", "remote:0 in {x}")
