"""Code in formats that are known by name only: what a file states of itself, and why it was not examined.

Each format is recognised by its magic number and a field or two behind it. All offsets are bytes from the first byte.
"""

import re
from collections.abc import Callable, Sequence

import msgspec

from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

OPENING = 4096
"""Bytes of a file that are looked at."""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A format: its kind, the pattern that the first bytes match, and what it is.

    `version` says how the version reads from the match.
    """

    kind: str
    begins: re.Pattern[bytes]
    what: str
    version: Callable[[re.Match[bytes]], str]
    source: str
    blind_to: str
    rank: int = 55


class ForeignCode:
    """A file whose code is not examined. `states` is what its header says beside the version."""

    def __init__(self, form: Form, opening: bytes) -> None:
        """Take the format and the first bytes."""
        match = form.begins.match(opening)
        self.kind = form.kind
        self.version = "" if match is None else form.version(match)
        self.states = ""
        self.not_examined = f"{form.what}: known by name and not examined"

    @property
    def problems(self) -> Sequence[Problem]:
        """None: what is wrong with a file that is not examined is not known."""
        return ()


def _numbers(match: re.Match[bytes]) -> str:
    return ".".join(str(number) for number in match[1])


def _little(match: re.Match[bytes]) -> str:
    return str(int.from_bytes(match[1], "little"))


def _big(match: re.Match[bytes]) -> str:
    return str(int.from_bytes(match[1], "big"))


def _text(match: re.Match[bytes]) -> str:
    return match[1].decode("ascii")


def _none(_match: re.Match[bytes]) -> str:
    return ""


def _form(
    kind: str, begins: bytes, what: str, version: Callable[[re.Match[bytes]], str], source: str, blind: str
) -> Form:
    return Form(
        kind=kind, begins=re.compile(begins, re.DOTALL), what=what, version=version, source=source, blind_to=blind
    )


FORMS = (
    _form(
        "ark-bytecode", rb"PANDA\0\0\0.{4}(.{4})", "Ark bytecode of HarmonyOS (ArkTS)", _numbers,
        "OpenHarmony arkcompiler_runtime_core, docs/file_format.md: magic, checksum, version; unverified",
        "every method, string and class of Ark bytecode",
    ),
    _form(
        "art-image", rb"art\n([0-9]{3})\0", "an image of the ART heap with machine code's entry points", _text,
        "AOSP art/runtime/image.h, ImageHeader: magic and version",
        "strings and objects that an ART image holds",
    ),
    _form(
        "il2cpp-metadata", rb"\xaf\x1b\xb1\xfa([\x10-\x40]\0\0\0)", "names and strings of a Unity (IL2CPP) program",
        _little, "unverified: the magic number and the version behind it",
        "names and strings of a Unity program, and its machine code in libil2cpp.so",
    ),
    _form(
        "dotnet-store", rb"XABA(.{4})", "a store of .NET assemblies (Xamarin, .NET for Android)", _little,
        "unverified: the magic number and the version behind it",
        "every .NET assembly in such a store",
    ),
    _form(
        "dotnet-compressed", rb"XALZ", "a .NET assembly packed with LZ4 (Xamarin, .NET for Android)", _none,
        "unverified: the magic number", "the .NET assembly that is packed in it",
    ),
    _form(
        "java-class", rb"\xca\xfe\xba\xbe\0[\0-\x03](\0[\x2d-\x5f])", "a class of Java bytecode", _big,
        "The Java Virtual Machine Specification, chapter 4.1", "every method of Java bytecode",
    ),
    _form(
        "webassembly", rb"\0asm([\1-\x10]\0\0\0)", "a WebAssembly module", _little,
        "WebAssembly Core Specification, section 5.5.16", "every function of a WebAssembly module",
    ),
    _form(
        "dart-kernel", rb"\x90\xab\xcd\xef(.{4})", "a Dart kernel file (Flutter)", _big,
        "Dart SDK pkg/kernel/binary.md; unverified", "every library of a Dart kernel file",
    ),
    _form(
        "xxtea-script", rb"XXTEA", "a script that is encrypted with XXTEA (Cocos)", _none,
        "unverified: the sign that the engine's tools put before a script by default",
        "the script itself, and scripts that carry another sign or none",
    ),
    _form(
        "lz4-frame", rb"\x04\x22\x4d\x18[\x40-\x7f]", "a stream packed with LZ4", _none,
        "LZ4 Frame Format, version 1.6.2", "what the stream unpacks to",
    ),
    Form(
        kind="apkm-encrypted",
        begins=re.compile(
            rb".[\1\2](?!\0{4}).{4}\0{4}(?!\0{4}).{3}[\0-\x20]\0{4}(?!\0{4}).{3}[\0-\4]\0{4}.{40}", re.DOTALL
        ),
        what="probably a bundle of packages that is encrypted (APKM of before 2021)",
        version=_none,
        source="unverified: algorithm, costs, memory and length of a piece of the encryption, as its readers take them",
        blind_to="the packages in it, and whether it is one: the header has no magic number",
        rank=0,
    ),
)  # fmt: skip
"""The formats, each a reader of its own."""


def _register(form: Form) -> None:
    @reader(
        kind=form.kind,
        gives=ForeignCode,
        recognise=lambda source: form.begins.match(source.read(0, OPENING)) is not None,
        rank=form.rank,
        blind_to=(form.blind_to,),
        source=form.source,
    )
    def open_foreign_code(source: ByteSource) -> ForeignCode:
        return ForeignCode(form, source.read(0, OPENING))


for _one in FORMS:
    _register(_one)
