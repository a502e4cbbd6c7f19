import random
import struct

import pytest

from assay.artefacts.portable_executable import DotnetAssembly, is_dotnet, open_dotnet
from assay.model.errors import Unreadable
from assay.model.source import BufferSource


def assembly(
    *, wide: bool = False, cli: bool = True, address: int = 0x2000, version: bytes = b"v4.0.30319\0\0"
) -> bytes:
    """Return a portable executable of one section at 0x200, mapped at 0x2000: .NET header, then metadata root."""
    optional = struct.pack("<H", 0x20B if wide else 0x10B).ljust(112 if wide else 96, b"\0")
    directories = [(0, 0)] * 16
    directories[14] = (address, 72) if cli else (0, 0)
    optional += b"".join(struct.pack("<2I", *one) for one in directories)
    head = (
        b"MZ".ljust(0x3C, b"\0")
        + struct.pack("<I", 0x40)
        + struct.pack("<4s2H3I2H", b"PE\0\0", 0x14C, 1, 0, 0, 0, len(optional), 0x2102)
    )
    section = struct.pack("<8s6I2HI", b".text", 0x200, 0x2000, 0x200, 0x200, 0, 0, 0, 0, 0)
    metadata = b"BSJB" + struct.pack("<2HII", 1, 1, 0, len(version)) + version
    cli_header = struct.pack("<IHHII", 72, 2, 5, 0x2048, len(metadata)).ljust(72, b"\0")
    return (head + optional + section).ljust(0x200, b"\0") + cli_header + metadata.ljust(0x1B8, b"\0")


def opened(raw: bytes) -> DotnetAssembly:
    return open_dotnet(BufferSource(raw))


@pytest.mark.parametrize("wide", [False, True])
def test_an_assembly_states_its_runtime(wide: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_dotnet(BufferSource(assembly(wide=wide)))
    assert opened(assembly(wide=wide)).version == "v4.0.30319"


def test_an_executable_without_a_dotnet_header_is_none() -> None:
    assert not is_dotnet(BufferSource(assembly(cli=False)))
    with pytest.raises(Unreadable, match=r"without a \.NET header"):
        opened(assembly(cli=False))


@pytest.mark.parametrize("address", [1, 0x1FFF, 0x2200, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_a_header_elsewhere_states_no_runtime(address: int) -> None:
    assert opened(assembly(address=address)).version == ""


@pytest.mark.parametrize("raw", [b"", b"MZ", b"MZ" + bytes(62), assembly()[:0x90], b"MZ" + b"\xff" * 80])
def test_other_files_are_not_recognised(raw: bytes) -> None:
    assert not is_dotnet(BufferSource(raw))


@pytest.mark.mutation
def test_changed_files_end_in_an_assembly_or_unreadable(mutations: int) -> None:
    choice, raw = random.Random(3), assembly()
    became: set[bool | str] = set()
    for _ in range(mutations):
        changed = bytearray(raw[: choice.choice([len(raw), choice.randrange(len(raw))])])
        at = choice.choice([choice.randrange(0x200), 0x200 + choice.randrange(90)]) % max(len(changed), 1)
        changed[at : at + 4] = choice.choice([b"\xff" * 4, b"\0\0\0\x80", choice.randbytes(4)])
        try:
            became.add(opened(bytes(changed)).version != "")
        except Unreadable:
            became.add("unreadable")
    assert became >= {True, "unreadable"}
