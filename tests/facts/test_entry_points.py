from typing import Any

import pytest

from assay.applications.entry_points import callbacks_of, descriptor, enterable
from assay.facts.entry_points import entry_points
from assay.vocabulary.uses import EntryPoint, PlatformCallback
from tests.applications.apps import opened, specimen
from tests.artefacts import resource_writer as r
from tests.artefacts import zip_writer as z
from tests.artefacts.applications import manifest
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import program as opened_program


def _rows(name: str, record: type[Any]) -> list[Any]:
    return [one.row for one in entry_points(specimen(name)) if isinstance(one.row, record)]


def test_components_of_the_specimen_are_entered_at_their_overridden_methods() -> None:
    found = {row.class_name: row for row in _rows("notes-g1", EntryPoint)}
    editor = found["Lorg/example/notes/NoteEditor;"]
    assert (editor.role, editor.defined, editor.base) == ("activity", True, "Landroid/app/Activity;")
    assert "onCreate(Landroid/os/Bundle;)V" in editor.callbacks
    assert not any("<init>" in name for name in editor.callbacks)


@pytest.mark.parametrize(
    ("access", "entered"), [(0x1001, []), (0x0001, ["lambda$a$0()V"]), (0x1041, ["lambda$a$0()V"])]
)
def test_the_body_of_a_lambda_is_not_entered_by_the_platform(access: int, entered: list[str]) -> None:
    body, run = k.method("LA;", "lambda$a$0", access), k.method("LA;", "run", 0x1001)
    program = opened_program([k.kin("LA;", body, run, interfaces=("Ljava/lang/Runnable;",))])
    class_id = program.find_class(b"LA;")
    assert class_id is not None
    rows = callbacks_of(program, class_id, enterable(program))
    assert sorted(program.method_name(row).partition("->")[2] for row in rows) == [*entered, "run()V"]


def test_a_receiver_has_its_filters() -> None:
    rows = [row for row in _rows("clock", EntryPoint) if row.role == "receiver"]
    assert [row.class_name for row in rows] == ["Lorg/example/clock/AlarmReceiver;"]
    assert rows[0].callbacks == ("onReceive(Landroid/content/Context;Landroid/content/Intent;)V",)


def test_types_of_the_platform_count_what_lies_below_them() -> None:
    found = {row.type_name: row for row in _rows("notes-g1", PlatformCallback)}
    assert "Ljava/lang/Object;" not in found
    listeners = found["Landroid/view/View$OnClickListener;"]
    assert (listeners.classes, listeners.methods) == (2, 2)  # the finder, and the button that makes a note


def test_types_below_which_nothing_can_be_overridden_are_no_way_in() -> None:
    code = k.write([
        k.kin("LA;", k.method("LA;", "run"), interfaces=("Ljava/lang/Runnable;",)),
        k.kin("LB;", interfaces=("Ljava/io/Serializable;",)),
    ])  # fmt: skip
    items = [z.Item(b"AndroidManifest.xml", r.xml(manifest()), method=8), z.Item(b"classes.dex", code)]
    rows = [one.row for one in entry_points(opened(z.archive(*items)))]
    assert [(row.type_name, row.classes, row.methods) for row in rows if isinstance(row, PlatformCallback)] == [
        ("Ljava/lang/Runnable;", 1, 1)
    ]


def test_renamed_classes_are_found_by_the_names_of_their_own_manifest() -> None:
    rows = _rows("notes-renamed", EntryPoint)
    assert rows
    assert all(row.defined for row in rows)


@pytest.mark.parametrize(("name", "expected"), [("org.example.A$B", b"Lorg/example/A$B;"), ("A", b"LA;")])
def test_names_with_dots_become_descriptors(name: str, expected: bytes) -> None:
    assert descriptor(name) == expected
