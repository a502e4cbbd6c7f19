"""The trails of specimens, built from the value graph, are those that were written by hand from their listings."""

from itertools import pairwise
from typing import NamedTuple
from zipfile import ZipFile

import pytest

from assay.bytecode.effects.record import Effect
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Body, Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_models import CallModels
from assay.bytecode.provenance.terms import Kind, Term
from assay.bytecode.sites.record import Reason, Site, Typed
from assay.bytecode.witness.builder import Builder, Wanted, wanted
from assay.bytecode.witness.writing import Steps
from assay.reference.models import models
from tests.bytecode.program.opened import part
from tests.evidence.hand_witnesses import BUILT, Trails, dialer, notes

NOTES, DIALER = "Lorg/example/notes/", "Lorg/example/dialer/"
TEXT_ON_TEXT = "(Ljava/lang/String;)"


class Built(NamedTuple):
    program: Program
    evaluator: Evaluator
    builder: Builder
    site: Site
    call: Call

    def body(self, owner: str, name: str) -> Body:
        rows = range(self.program.application_definitions)
        found = next(row for row in rows if self.program.method_name(row).startswith(f"{owner}->{name}("))
        body = self.evaluator.bodies.of(found)
        assert body is not None
        return body

    def origins(self, label: str) -> Wanted:
        term = self.evaluator.term(self.site.definition, self.call.arguments[label.startswith("list")])
        terms = self.evaluator.terms
        return wanted(terms, [each for each in terms.below(term) if _label(terms[each]) == label])


def _label(term: Term) -> str:
    return term.model.source if term.model is not None and term.kind in {Kind.CALL, Kind.STORE} else ""


def _built(specimen: str, owner: str, method: str, api: bytes, operator: str) -> Built:
    with ZipFile(BUILT / f"{specimen}.apk") as archive:
        parts: list[Part] = [part(archive.read("classes.dex"))]
    program, known = Program(parts), models()
    evaluator = Evaluator(program, known)
    builder = Builder(evaluator, CallModels(program, known))
    unset = Site(0, 0, 0, "", "", -1, (0, 0), (0, 0), False, Typed.YES, True, True, Reason.KEPT, -1, 0)  # noqa: FBT003
    found = Built(program, evaluator, builder, unset, Call(0, 0, b"", b"", b"", False, (), ()))  # noqa: FBT003
    body = found.body(owner, method)
    call = next(each for each in body.calls if each.name == api)
    site = Site(body.definition, call.row, call.pc, "substring", operator, -1, (call.row, 0), (call.row, 1), False,  # noqa: FBT003
                Typed.YES, True, True, Reason.KEPT, -1, 0)  # fmt: skip  # noqa: FBT003
    return found._replace(site=site, call=call)


@pytest.fixture(scope="module")
def note() -> Built:
    return _built("notes-g1", f"{NOTES}WordGuard;", "firstHit", b"contains", "contains")


@pytest.fixture(scope="module")
def dial() -> Built:
    return _built("dialer", f"{DIALER}SpamPhrases;", "matches", b"indexOf", "index-of")


def _operand(built: Built, name: str, label: str) -> Steps | None:
    return built.builder.operand(name, built.site, built.call.arguments[name == "list"], built.origins(label))


def _places(steps: object) -> list[tuple[object, ...]]:
    assert isinstance(steps, (list, tuple))
    return [(each["class"], each["method"], each["code_offset"], each["kind"]) for each in steps]


def test_the_text_is_what_was_typed(note: Built) -> None:
    assert list(_operand(note, "text", "text.typed") or ()) == notes()["text"]


def test_the_text_is_the_body_of_a_message(dial: Built) -> None:
    assert list(_operand(dial, "text", "text.sms") or ()) == dialer()["text"]


def test_the_list_is_read_from_a_file(note: Built) -> None:
    steps = _operand(note, "list", "list.file")
    by_hand = notes()["list"]
    opened = next(at for at, each in enumerate(by_hand) if each["kind"] == "store-read")
    assert _places(steps)[1:] == _places(by_hand)[opened + 1 :]
    assert steps is not None
    assert (steps[0]["kind"], steps[0]["code_offset"]) == ("source", 7)


def test_the_list_is_a_resource_behind_a_field(dial: Built) -> None:
    steps = _operand(dial, "list", "list.resource")
    assert steps is not None
    assert [each["kind"] for each in steps] == [
        "source", "through", "through", "object", "field-write", "field-read", "through", "compare"]  # fmt: skip


def test_a_message_follows_through_a_callback(note: Built) -> None:
    chain = [
        note.body(f"{NOTES}NoteEditor$Save;", "run"), note.body(f"{NOTES}NoteEditor;", "access$200"),
        note.body(f"{NOTES}NoteEditor;", "toast"), note.body(f"{NOTES}NoteEditor$$ExternalSyntheticLambda0;", "run"),
        note.body(f"{NOTES}NoteEditor;", "lambda$toast$0$org-example-notes-NoteEditor"),
    ]  # fmt: skip
    links = [
        [link for link in note.evaluator.links.into(callee.definition) if link.caller == caller.definition][-1]
        for caller, callee in pairwise(chain)
    ]
    row = chain[0].row_at(0x14)
    assert row is not None
    shown = next(call for call in chain[-1].calls if call.name == b"makeText")
    effect = Effect(
        "message", suppressed=False, definition=chain[-1].definition, row=shown.row, context=tuple(links),
        decided=(chain[0].definition, row, ()), api="", sink="",
    )  # fmt: skip
    assert list(note.builder.outcome(note.site, effect) or ()) == notes()["outcome"]


def test_a_flag_that_is_returned_decides_in_the_caller(dial: Built) -> None:
    receive, spam = dial.body(f"{DIALER}SmsReceiver;", "onReceive"), dial.body(f"{DIALER}MessageFolders;", "toSpam")
    row = receive.row_at(0x33)
    assert row is not None
    insert = next(call for call in spam.calls if call.name == b"insert")
    context = dial.evaluator.links.into(spam.definition)
    effect = Effect(
        "reported", suppressed=False, definition=spam.definition, row=insert.row, context=context,
        decided=(receive.definition, row, ()), api="", sink="",
    )  # fmt: skip
    assert list(dial.builder.outcome(dial.site, effect) or ()) == dialer()["outcome"]
    assert dial.builder.outcome(dial.site, effect._replace(suppressed=True)) is None


def test_an_origin_that_is_none_gives_no_trail(note: Built) -> None:
    nowhere = Wanted(frozenset({(0, 0)}), frozenset(), frozenset())
    assert note.builder.operand("text", note.site, note.call.arguments[0], nowhere) is None


def test_what_is_built_holds_together(dial: Built) -> None:
    text, listed = _operand(dial, "text", "text.sms"), _operand(dial, "list", "list.file")
    assert text is not None
    assert listed is not None
    trails: Trails = {"text": list(text), "list": list(listed)}
    assert dial.builder.holds(trails)
    trails["text"][-1]["register"] ^= 1
    assert not dial.builder.holds(trails)
