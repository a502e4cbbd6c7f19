import hashlib
import io
import zipfile

from assay.facts.resource_uses import resource_uses
from assay.model.coverage import NotFollowed
from assay.vocabulary.uses import ResourceUse
from tests.applications.apps import BUILT, opened, specimen


def _rows(name: str) -> list[ResourceUse]:
    return [one.row for one in resource_uses(specimen(name)) if isinstance(one.row, ResourceUse)]


def test_strings_of_the_specimen_are_linked_to_the_methods_of_its_source() -> None:
    rows = _rows("notes-g1")
    assert sorted((row.name, row.class_name, row.method) for row in rows) == [
        ("string/found", "Lorg/example/notes/NoteEditor$Finder;", "onClick(Landroid/view/View;)V"),
        ("string/not_allowed", "Lorg/example/notes/NoteEditor$Save;", "run()V"),
        ("string/not_found", "Lorg/example/notes/NoteEditor$Finder;", "onClick(Landroid/view/View;)V"),
        ("string/saved", "Lorg/example/notes/NoteEditor$Save;", "save(Lorg/example/notes/Note;)V"),
    ]
    assert {row.configurations for row in rows} == {("default", "lt", "zh")}
    assert {row.how for row in rows} == {"constant"}
    takers = {row.name: row.call for row in rows}
    assert takers["string/saved"] == "Lorg/example/notes/NoteEditor;->getString(I)Ljava/lang/String;"
    assert all(row.place.endswith(f"+0x{row.code_offset:x}") for row in rows)


def test_renamed_code_loads_the_same_resources() -> None:
    assert sorted(row.name for row in _rows("notes-renamed")) == sorted(row.name for row in _rows("notes-g1"))


def test_an_archive_without_resource_table_is_counted() -> None:
    raw = (BUILT / "notes-g1.apk").read_bytes()
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in ("AndroidManifest.xml", "classes.dex"):
            new.writestr(name, old.read(name))
    bare = kept.getvalue()
    found = list(resource_uses(opened(raw, bare)))
    (missed,) = [one for one in found if isinstance(one.row, NotFollowed)]
    assert missed.artefact == hashlib.sha256(raw).hexdigest()
    assert missed.row.count == 1  # type: ignore[union-attr]
    assert len(list(resource_uses(opened(bare)))) == 1
