"""Which classes are taken for those of libraries under another name."""

import pytest

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.origins import origins
from assay.reference.models import models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

GIVES, NATIVE_AD = l.proto(l.STRING), b"Lcom/google/android/gms/ads/nativead/NativeAd;"
RENAMED = ("getAdvertiser", "getHeadline", "getBody", "getCallToAction")


def item(*getters: str, of: w.Proto = GIVES, access: int = k.PUBLIC) -> k.Kin:
    """A class of getters that give a constant."""
    made = [w.Method(w.MethodId("LItem;", name, of), [*l.text(0, "word"), *l.given_back(0)], access, registers=4)
            for name in getters]  # fmt: skip
    return k.kin("LItem;", *made)


def evaluator(item_: k.Kin, asked: str) -> tuple[Evaluator, int]:
    code = [*l.virtual("LItem;", asked, GIVES, 5), *l.result(0), *l.given_back(0)]
    opened = program([item_, k.kin("LMain;", l.static("LMain;", "m", l.proto(l.STRING, "LItem;"), code))])
    found = Evaluator(opened, models())
    body = found.bodies.of(only(opened, "LMain;->m(LItem;)Ljava/lang/String;"))
    assert body is not None
    ((_, value),) = body.returns
    return found, found.term(body.definition, value)


def labels(item_: k.Kin, asked: str) -> list[str]:
    found, term = evaluator(item_, asked)
    return [each.label for each in origins(found.terms, term)]


def test_what_a_renamed_class_of_a_library_gives_is_an_advertisement() -> None:
    assert labels(item(*RENAMED), "getHeadline") == ["text.advertisement"]
    assert evaluator(item(*RENAMED), "getHeadline")[0].ground.shapes.of(b"LItem;") == NATIVE_AD


def test_what_no_model_speaks_of_is_followed_all_the_same() -> None:
    assert labels(item(*RENAMED, "getOwn"), "getOwn") == ["constant"]


@pytest.mark.parametrize(
    ("getters", "found"),
    [
        (("getHeadline", "getBody", "getCallToAction"), ["text.advertisement"]),
        (("getBody", "getCallToAction"), ["constant"]),
        (("getHeadline", "getBody", "getStore", "getPrice"), ["constant"]),
        (("getTitle", "getDescription", "getIcon", "getSource"), ["constant"]),
    ],
)
def test_several_methods_are_asked_for_and_one_that_is_met_nowhere_else(
    getters: tuple[str, ...], found: list[str]
) -> None:
    assert labels(item(*getters), getters[0]) == found


def test_methods_that_take_something_or_belong_to_no_object_make_no_shape() -> None:
    assert evaluator(item(*RENAMED, of=l.proto(l.STRING, "I")), "getHeadline")[0].ground.shapes.of(b"LItem;") == b""
    assert evaluator(item(*RENAMED, access=k.PUBLIC | k.STATIC), "getHeadline")[0].ground.shapes.of(b"LItem;") == b""


@pytest.mark.parametrize("name", [b"LItem;", b"LMain;", b"Lnowhere/Else;", b"[LItem;", b""])
def test_what_is_no_class_of_the_program_or_has_another_shape_is_nothing(name: bytes) -> None:
    assert evaluator(item("getHeadline"), "getHeadline")[0].ground.shapes.of(name) == b""
