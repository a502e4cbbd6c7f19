"""What is opened to all apps, and what is not."""

import pytest

from assay.facts.weaknesses.files import files
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import constant, proto, text, virtual
from tests.facts.weaknesses.apps import seen

STRING = "Ljava/lang/String;"
CONTEXT = "Landroid/content/Context;"
OPEN = {
    "openFileOutput": "Ljava/io/FileOutputStream;",
    "getSharedPreferences": "Landroid/content/SharedPreferences;",
    "getDir": "Ljava/io/File;",
}


def opening(name: str, mode: list[w.Unit]) -> k.Kin:
    code = [*text(0, "words.txt"), *mode, *virtual(CONTEXT, name, proto(OPEN[name], STRING, "I"), 15, 0, 1)]
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC, code))


@pytest.mark.parametrize("name", OPEN)
def test_modes(name: str) -> None:
    for mode, words in ((1, "readable for all"), (2, "writeable for all"), (3, "readable and writeable for all")):
        assert seen(files, opening(name, constant(1, mode))) == [("world-accessible-file", "words.txt", words)]
    assert seen(files, opening(name, constant(1, 0))) == []
    assert seen(files, opening(name, constant(1, 4))) == []


def test_a_mode_that_is_not_known_and_appending_are_not_told() -> None:
    assert seen(files, opening("openFileOutput", [0x13 | 1 << 8, 0x7FFC])) == []
    assert seen(files, opening("openFileOutput", [*virtual("LA;", "mode", proto("I"), 15), 0x0A | 1 << 8])) == []


@pytest.mark.parametrize(("flags", "expected"), [((1, 0), 1), ((1, 1), 0), ((0, 0), 0)])
def test_files_that_are_opened_afterwards(flags: tuple[int, int], expected: int) -> None:
    code = [*constant(1, flags[0]), *constant(2, flags[1])]
    code += virtual("Ljava/io/File;", "setReadable", proto("Z", "Z", "Z"), 14, 1, 2)
    found = seen(files, k.kin("LA;", k.method("LA;", "m", k.PUBLIC, code, proto("V", "Ljava/io/File;"))))
    assert [detail for _, _, detail in found] == ["readable for all"] * expected
