"""From one file to its code: nothing is passed over, whatever it is called and however it is packed."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import assay
from tests.bytecode import dex_writer as w


def dex(app: str) -> bytes:
    name = f"Lorg/example/{app};"
    return w.write([w.Class(name, [w.Method(w.MethodId(name, "m", w.Proto("V")), [0x0E])])])


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def test_every_dex_file_of_a_container_is_indexed_the_first_too(tmp_path: Path) -> None:
    names = [f"Lorg/example/{name};" for name in "ABC"]
    parts = [[w.Class(name, [w.Method(w.MethodId(name, "m", w.Proto("V")), [0x0E])])] for name in names]
    (tmp_path / "app.apk").write_bytes(packed(("classes.dex", w.container(parts))))
    code = assay.open_code(tmp_path / "app.apk", workers=1, cache=tmp_path / "cache")
    found = [file.columns.descriptor(int(one)) for file in code.files for one in file.columns.class_types]
    assert sorted(found) == [name.encode() for name in names]


@pytest.mark.parametrize("name", ["x" * (1024 - 69), "x" * (1024 - 68), "\u00e9" * 30_000])
def test_a_long_name_hides_no_code(tmp_path: Path, name: str) -> None:
    (tmp_path / "app.apk").write_bytes(packed((name, dex("A")), ("classes.dex", dex("B"))))
    code = assay.open_code(tmp_path / "app.apk", workers=1, cache=tmp_path / "cache")
    assert len(code.files) == 2
    assert code.problems == ()
    lengths = sorted(len(place.locator) for file in code.files for place in file.places)
    assert lengths[-1] in {1024, 1025} or len(name) == 30_000
