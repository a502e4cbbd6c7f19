"""Answers that are stored and code that is loaded, with and without encryption, with and without a check."""

import pytest

from assay.facts.weaknesses.downloads import downloads
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import call, constant, new, proto, result, statically, text, virtual
from tests.facts.weaknesses.apps import kinds, seen

STRING, URL, DIGEST = "Ljava/lang/String;", "Ljava/net/URL;", "Ljava/security/MessageDigest;"
OUT, LOADER = "Ljava/io/FileOutputStream;", "Ldalvik/system/DexClassLoader;"


def fetched(address: str) -> list[w.Unit]:
    """v1 = the bytes of an answer."""
    return [*new(0, URL), *text(1, address), *call(k.DIRECT, URL, "<init>", proto("V", STRING), 0, 1),
            *virtual(URL, "openStream", proto("Ljava/io/InputStream;"), 0), *result(0),
            *virtual("Ljava/io/InputStream;", "readAllBytes", proto("[B"), 0), *result(1)]  # fmt: skip


def written(path: str) -> list[w.Unit]:
    return [*new(2, OUT), *text(3, path), *call(k.DIRECT, OUT, "<init>", proto("V", STRING), 2, 3),
            *virtual(OUT, "write", proto("V", "[B"), 2, 1)]  # fmt: skip


CHECK = [*text(4, "SHA-256"), *statically(DIGEST, "getInstance", proto(DIGEST, STRING), 4), *result(4),
         *virtual(DIGEST, "digest", proto("[B", "[B"), 4, 1)]  # fmt: skip


def loaded(path: str) -> list[w.Unit]:
    """Code is loaded from a path, by the platform's loader."""
    return [
        *new(5, LOADER),
        *text(6, path),
        *constant(7, 0),
        *call(k.DIRECT, LOADER, "<init>", proto("V", STRING, STRING, STRING, "Ljava/lang/ClassLoader;"), 5, 6, 7, 7, 7),
    ]


def one(*code: w.Unit) -> k.Kin:
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, list(code)))


def test_an_answer_without_encryption_that_is_stored_unchecked() -> None:
    told = "stored as file:data/words.json; no digest or signature of it is made"
    assert seen(downloads, one(*fetched("http://cfg.example.test/w"), *written("/data/words.json"))) == [
        ("cleartext-download", "http://cfg.example.test/w", told),
        ("unsigned-download", "http://cfg.example.test/w", told),
    ]


@pytest.mark.parametrize(
    ("address", "check", "expected"),
    [
        ("https://cfg.example.test/w", [], ["unsigned-download"]),
        ("http://cfg.example.test/w", CHECK, ["cleartext-download"]),
        ("https://cfg.example.test/w", CHECK, []),
    ],
)
def test_encryption_and_checks(address: str, check: list[w.Unit], expected: list[str]) -> None:
    assert kinds(downloads, one(*fetched(address), *check, *written("/data/words.json"))) == expected


def test_a_digest_of_something_else_is_no_check() -> None:
    other = [*CHECK[:-3], *text(8, "x"), *virtual(STRING, "getBytes", proto("[B"), 8), *result(8),
             *virtual(DIGEST, "digest", proto("[B", "[B"), 4, 8)]  # fmt: skip
    assert kinds(downloads, one(*fetched("https://cfg.example.test/w"), *other, *written("/data/w"))) == [
        "unsigned-download"
    ]


def test_an_answer_that_is_not_stored_is_no_download() -> None:
    assert kinds(downloads, one(*fetched("http://cfg.example.test/w"))) == []


def test_a_constant_that_is_stored_is_no_download() -> None:
    own = [*text(0, "hello"), *virtual(STRING, "getBytes", proto("[B"), 0), *result(1)]
    assert kinds(downloads, one(*own, *written("/data/words.json"))) == []


def test_code_that_was_downloaded() -> None:
    found = kinds(
        downloads,
        one(*fetched("https://cfg.example.test/p"), *CHECK, *written("/data/plugin.dex"), *loaded("/data/plugin.dex")),
    )
    assert found == ["loads-downloaded-code"]
    assert (
        kinds(
            downloads,
            one(*fetched("https://cfg.example.test/p"), *CHECK, *written("/data/plugin.dex"), *loaded("/data/own.dex")),
        )
        == []
    )


@pytest.mark.parametrize(("path", "expected"), [("/sdcard/plugin.dex", ["loads-outside-code"]), ("/data/own.dex", [])])
def test_code_from_where_others_write(path: str, expected: list[str]) -> None:
    assert kinds(downloads, one(*loaded(path))) == expected


def test_programs_that_are_run() -> None:
    runtime = "Ljava/lang/Runtime;"
    for command, expected in (("/sdcard/tool", ["loads-outside-code"]), ("/system/bin/ls", [])):
        code = [*statically(runtime, "getRuntime", proto(runtime)), *result(0), *text(1, command),
                *virtual(runtime, "exec", proto("Ljava/lang/Process;", STRING), 0, 1)]  # fmt: skip
        assert kinds(downloads, one(*code)) == expected
