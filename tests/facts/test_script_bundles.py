from pathlib import Path

import pytest

from assay.artefacts.hermes import open_hermes
from assay.artefacts.javascript import open_javascript
from assay.artefacts.lua_bytecode import open_lua_bytecode
from assay.facts.addresses.programs import find_script_addresses
from assay.facts.addresses.texts import find_text_addresses
from assay.facts.script_bundles import script_bundles
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.addresses import Address
from assay.vocabulary.scripts import ScriptBundle

SCRIPTS = Path(__file__).parents[1] / "artefacts" / "scripts"


def source(name: str) -> BufferSource:
    return BufferSource((SCRIPTS / name).read_bytes())


def test_a_script_is_described_by_what_it_holds() -> None:
    script = open_javascript(BufferSource(b"a = 'four' + `x${'y'}`"))
    assert list(script_bundles(script)) == [
        ScriptBundle(language="JavaScript", version="source", strings=3, string_bytes=6, functions=None)
    ]
    [row] = script_bundles(open_lua_bytecode(source("words-5.4.luac")))
    assert (row.language, row.version, row.functions, row.strings) == ("Lua", "Lua 5.4", 3, 17)
    [row] = script_bundles(open_hermes(source("words-96.hbc")))
    assert (row.language, row.version, row.functions, row.strings) == ("JavaScript", "Hermes 96", 2, 17)


@pytest.mark.parametrize(("name", "url"), [("words-96.hbc", "https://hermes.example.test/list")])
def test_addresses_in_strings_of_bytecode_lie_at_their_bytes(name: str, url: str) -> None:
    raw = (SCRIPTS / name).read_bytes()
    [row] = find_script_addresses(open_hermes(source(name)))
    assert isinstance(row, Address)
    assert (row.value, row.carrier, row.place) == (url, "script", f"0x{raw.index(url.encode()):x}+{len(url)}")


def test_addresses_of_a_script_are_those_of_its_strings_each_once() -> None:
    raw = b"// https://comment.example.test/\nf('https://one.example.test/a', \"two.example.com\", 'http://' + host)"
    script = open_javascript(BufferSource(raw))
    rows = list(find_script_addresses(script))
    assert [row.value for row in rows if isinstance(row, Address)] == ["https://one.example.test/a", "two.example.com"]
    assert [row for row in rows if isinstance(row, NotFollowed)] == [
        NotFollowed("URLs whose host is not written out", 1)
    ]
    assert list(find_text_addresses(script)) == []


def test_long_strings_are_counted() -> None:
    script = open_javascript(BufferSource(b"'" + b"a." * 32769 + b"'"))
    assert list(find_script_addresses(script)) == [NotFollowed("strings of more than 65536 bytes", 1)]
