import io
import zipfile

from assay.facts.asset_uses import asset_uses
from assay.vocabulary.uses import AssetUse
from tests.applications.apps import BUILT, opened, specimen


def _rows(raw: bytes) -> list[tuple[str, str, str, str]]:
    rows = [one.row for one in asset_uses(opened(raw)) if isinstance(one.row, AssetUse)]
    return [(row.file, row.written, row.class_name, row.call) for row in rows]


def _with(name: str, *members: str) -> bytes:
    """Return a specimen with more files in it."""
    made = io.BytesIO((BUILT / f"{name}.apk").read_bytes())
    with zipfile.ZipFile(made, "a") as archive:
        for member in members:
            archive.writestr(member, b"content")
    return made.getvalue()


def test_the_list_of_the_specimen_is_linked_to_the_line_that_opens_it() -> None:
    (one,) = asset_uses(specimen("carrier"))
    row = one.row
    assert isinstance(row, AssetUse)
    assert (row.file, row.written, row.class_name) == (
        "assets/words.csv",
        "words.csv",
        "Lorg/example/carrier/MoodWords;",
    )
    assert row.call == "Landroid/content/res/AssetManager;->open(Ljava/lang/String;)Ljava/io/InputStream;"


def test_without_the_file_there_is_no_use() -> None:
    assert not list(asset_uses(specimen("carrier-no-list")))


def test_a_library_is_named_where_it_is_loaded_and_not_wherever_its_word_stands() -> None:
    (one,) = asset_uses(specimen("notes-g1"))
    assert isinstance(one.row, AssetUse)
    assert (one.row.file, one.row.written) == ("lib/arm64-v8a/libguard.so", "guard")
    assert one.row.call == "Ljava/lang/System;->loadLibrary(Ljava/lang/String;)V"


def test_a_file_whose_name_is_a_plain_word_counts_only_where_a_method_takes_it_as_a_file() -> None:
    assert ("assets/guard", "guard", "Lorg/example/notes/GuardGate;", "") not in _rows(
        _with("notes-g1", "assets/guard")
    )


def test_names_are_found_as_resources_of_the_class_path_too() -> None:
    found = _rows(_with("carrier-no-list", "assets/words.csv", "META-INF/services/words.csv"))
    assert [row[0] for row in found] == ["assets/words.csv"]
