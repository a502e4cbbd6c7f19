"""Models of Java's classes against the JDK: what they name exists, and `this` only where there is one."""

from collections.abc import Iterator

import pytest

from assay.reference.models import Models, models
from assay.reference.models_records import Model
from tests.reference import java_classes

pytestmark = [
    pytest.mark.differential,
    pytest.mark.skipif(
        java_classes.javap() is None, reason="no JDK is here: javap is what the models are held against"
    ),
]
ONLY_ON_ANDROID = frozenset[str]()
"""Methods of java.* that Android has and the JDK has not."""


def _name(descriptor: bytes) -> str:
    return descriptor[1:-1].decode().replace("/", ".")


@pytest.fixture(scope="module")
def classes() -> dict[str, java_classes.Class]:
    owners = {_name(model.owner) for model in models().all} | {_name(one) for one in _typed(models())}
    return java_classes.closed({name for name in owners if name.startswith(("java.", "javax."))} | {"java.lang.Object"})


def _typed(table: Models) -> set[bytes]:
    return {one for below in table.types() for one in (below, *table.supertypes(below))}


def _of_java() -> Iterator[Model]:
    return (model for model in models().all if model.owner.startswith((b"Ljava/", b"Ljavax/")))


def _overloads(classes: dict[str, java_classes.Class], model: Model) -> list[java_classes.Declared]:
    line = [_name(model.owner)] if model.name == b"<init>" else java_classes.line_of(classes, _name(model.owner))
    return [one for name in line if name in classes for one in classes[name].methods.get(model.name.decode(), [])]


def _fits(model: Model, one: java_classes.Declared) -> bool:
    written = model.prototype.decode()
    if written:
        return one.prototype == written or (written.endswith(")") and one.prototype.startswith(written))
    return model.parameters in {None, java_parameters(one.prototype)}


def java_parameters(prototype: str) -> int:
    count, at = 0, 1
    while prototype[at] != ")":
        while prototype[at] == "[":
            at += 1
        at = prototype.index(";", at) + 1 if prototype[at] == "L" else at + 1
        count += 1
    return count


def test_every_class_of_java_that_is_named_exists(classes: dict[str, java_classes.Class]) -> None:
    named = {_name(model.owner) for model in _of_java()}
    named |= {_name(one) for one in _typed(models()) if one.startswith((b"Ljava/", b"Ljavax/"))}
    assert len(named) > 100
    assert sorted(named - classes.keys()) == []


def test_every_method_of_java_that_is_named_exists_with_its_prototype(classes: dict[str, java_classes.Class]) -> None:
    wrong = [model.id for model in _of_java() if not any(_fits(model, one) for one in _overloads(classes, model))]
    assert sorted(set(wrong) - ONLY_ON_ANDROID) == []


def test_places_of_models_of_java_exist_in_some_overload(classes: dict[str, java_classes.Class]) -> None:
    wrong = []
    for model in _of_java():
        fitting = [one for one in _overloads(classes, model) if _fits(model, one)]
        roots = {place.root for place in model.places()}
        most = max((java_parameters(one.prototype) for one in fitting), default=0)
        if any(isinstance(root, int) and root > most for root in roots):
            wrong.append(f"{model.id}: beyond {most} parameters")
        if "this" in roots and fitting and all(one.static for one in fitting):
            wrong.append(f"{model.id}: static")
        if "return" in roots and fitting and all(one.prototype.endswith(")V") for one in fitting):
            wrong.append(f"{model.id}: no result")
    assert wrong == []


def test_every_class_of_java_lies_below_what_the_table_says(classes: dict[str, java_classes.Class]) -> None:
    wrong = [
        f"{_name(below)} is no {_name(above)}"
        for below in models().types()
        for above in models().supertypes(below)
        if below.startswith((b"Ljava/", b"Ljavax/")) and _name(above) not in java_classes.line_of(classes, _name(below))
    ]
    assert wrong == []


def test_javap_is_read_as_it_is_written() -> None:
    found = java_classes.declared(["java.util.Map$Entry", "java.util.Stack"])
    assert java_classes.Declared("()Ljava/lang/Object;", static=False) in found["java.util.Map$Entry"].methods["getKey"]
    assert found["java.util.Stack"].above == ["java.util.Vector"]
    assert found["java.util.Stack"].methods["<init>"] == [java_classes.Declared("()V", static=False)]
