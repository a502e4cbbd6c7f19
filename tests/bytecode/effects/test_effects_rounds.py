"""What follows where nothing matches, but leads to the comparison again: another round, and no consequence."""

from assay.bytecode.effects.effects import Effects
from assay.bytecode.gates.gate import Gates
from assay.reference.models import Models
from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

AGAIN = l.statically(f.MAIN, "start", l.VOID)
ONWARD = l.statically(f.MAIN, "onward", l.VOID)


def test_what_is_done_before_another_round_is_no_consequence() -> None:
    begun: list[f.Item] = [f.send(), f.asks("has", "Z"), (f.IF_NEZ, 0, -1, "end")]
    assert f.what_follows(*begun, ONWARD, "end", at="invoke-virtual", more=(onward(AGAIN),)).consequences == ()
    again = l.statically(f.MAIN, "m", f.BOTH, f.TEXT, f.WORDS)
    assert f.what_follows(*begun, again, "end", at="invoke-virtual").consequences == ()


def test_what_is_done_on_the_way_to_another_round_is_one() -> None:
    code: list[f.Item] = [f.asks("has", "Z"), (f.IF_NEZ, 0, -1, "end"), ONWARD, "end"]
    more = (onward([*l.text(0, "x"), *l.statically(f.ACTS, "send", l.proto("V", l.STRING), 0), *AGAIN]),)
    assert f.what_follows(*code, more=more).consequences == ("refused",)


def onward(code: list[w.Unit]) -> w.Method:
    return l.static(f.MAIN, "onward", l.VOID, [*code, 0x0E])


def test_a_connection_that_is_not_made_is_one_where_the_text_is_bound_to_a_query() -> None:
    bound = [*l.constant(0, 1), *l.array(1, 0, "[Ljava/lang/String;"), *l.constant(0, 0), *l.put_element(f.TEXT, 1, 0)]
    query = [*l.virtual("Lout/Words;", "find", l.proto("Z", "[Ljava/lang/String;"), f.WORDS, 1), 0x0A]
    connect = l.statically("Lout/Conn;", "body", l.proto("V"))
    models = Models.parse([("test", f.MODELS.replace('"text.typed"', '"text.url"'))])
    found = f.written(bound, query, (f.IF_NEZ, 0, -1, "end"), connect, "end", models=models)
    body = found.evaluator.bodies.of(found.site.definition)
    call = None if body is None else body.call(found.site.row)
    assert call is not None
    words, text = (found.evaluator.term(found.site.definition, value, found.context) for value in call.arguments)
    gates = Gates(found.evaluator.bodies, found.evaluator, found.evaluator.links)
    effects = Effects(found.evaluator, gates)
    assert effects.of(found.site, found.context, text, words).consequences == ("connection",)
    assert effects.of(found.site, found.context, words, words).consequences == ("refused",)
