"""Bodies outside the file, beyond its end, and shared."""

import struct

import pytest

from assay.bytecode.bodies import MAX_SHARING
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import RUN, method, one_class, opened, sample, with_u4


def code_at(raw: bytes, row: int, value: int) -> bytes:
    """Give the class data anew at the end, with one method's code at `value`."""
    (classes,) = struct.unpack_from("<I", raw, 0x64)
    data = bytes([0, 0, 2, 0]) + b"".join(
        bytes([step, 9]) + w.uleb128(value if row == n else 0) for n, step in enumerate((0, 1))
    )
    return with_u4(raw + data, classes + 24, len(raw))


@pytest.mark.parametrize("value", [1, 2, 0x7FFFFFFC, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF])
def test_code_outside_the_file_or_off_the_grid(value: int) -> None:
    raw = one_class(method([0x0E], "a"), method([0x0E], "b"))
    dex = opened(code_at(raw, 1, value))
    said = "code items lie outside the file or off the grid of four bytes (1; the first here)"
    assert said in [problem.what for problem in dex.problems]
    assert dex.bodies.size.tolist() == [0, 0]


@pytest.mark.parametrize("size", [0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_code_beyond_the_end_is_read_to_the_end(size: int) -> None:
    writer = sample()
    raw = writer.write()
    code = writer.code_offsets[RUN]
    dex = opened(with_u4(raw, code + 12, size))
    said = "code items state more instructions than the file holds (1; the first here)"
    assert said in [problem.what for problem in dex.problems]
    assert int(dex.bodies.size[0]) == (len(raw) - code - 16) // 2


def ending_with_code(units: int, stated: int) -> bytes:
    """A file that ends with a code item of `units` units, which states `stated`."""
    raw = one_class(method([0x0E], "a"), method([0x0E], "b"))
    (classes,) = struct.unpack_from("<I", raw, 0x64)
    raw += bytes(-len(raw) % 4)
    data = bytes([0, 0, 1, 0, 0, 9]) + w.uleb128(len(raw) + 16)
    item = struct.pack("<HHHHII", 1, 0, 0, 0, 0, stated) + bytes(2 * units)
    return with_u4(raw + data + bytes(16 - len(data)) + item, classes + 24, len(raw))


def test_code_up_to_the_last_byte_is_whole_and_one_unit_more_is_cut() -> None:
    said = "code items state more instructions than the file holds (1; the first here)"
    for units, stated, cut in ((3, 3, False), (3, 4, True), (0, 0, False), (0, 1, True)):
        dex = opened(ending_with_code(units, stated))
        assert (dex.bodies.size.tolist(), dex.swept.instructions) == ([units], units)
        assert (said in [problem.what for problem in dex.problems]) is cut


def shared(bodies: int, units: int) -> bytes:
    """A class whose methods all have the one body, of `units` nops, that makes up most of the file."""
    ids = [method(None if n else [0] * units, f"m{n:03}") for n in range(bodies)]  # type: ignore[arg-type]
    writer = w.Writer([w.Class("LA;", direct=ids)])
    raw = writer.write()
    code = writer.code_offsets[ids[0].id]
    (classes,) = struct.unpack_from("<I", raw, 0x64)
    data = bytes([0, 0]) + w.uleb128(bodies) + bytes([0])
    data += b"".join(bytes([min(n, 1), 9]) + w.uleb128(code) for n in range(bodies))
    return with_u4(raw + data, classes + 24, len(raw))


def sharing(missing: int) -> bytes:
    """Three bodies of a file, two of them the same, of as many units together as are read, less `missing`."""
    units, header = 4000, 8
    ids = [method([0] * units, "a"), method([0x0E], "b"), method([0x0E], "c")]
    writer = w.Writer([w.Class("LA;", direct=ids)])
    raw = writer.write()
    code = writer.code_offsets[ids[0].id]
    inner = code + 16 + 64
    data = bytes([0, 0, 3, 0]) + b"".join(bytes([n, 9]) + w.uleb128(at) for n, at in ((0, code), (1, code), (1, inner)))
    (classes,) = struct.unpack_from("<I", raw, 0x64)
    whole = with_u4(raw + data + bytes(len(data) % 2), classes + 24, len(raw))
    rest = MAX_SHARING * (len(whole) // 2) - 2 * units - missing
    assert rest < units - header - 32
    return with_u4(whole, inner + 12, rest)


def test_the_limit_of_sharing_is_met_exactly() -> None:
    for missing, left_out in ((0, []), (-1, ["code items overlap so often that reading them all would take too long"])):
        dex = opened(sharing(missing))
        assert int(dex.bodies.size.sum()) == MAX_SHARING * len(dex.units) if not left_out else 8000
        said = [problem.what.partition(" (")[0] for problem in dex.problems if "overlap" in problem.what]
        assert said == left_out


def test_a_body_that_many_methods_share_is_read_up_to_the_limit() -> None:
    dex = opened(shared(MAX_SHARING, 4000))
    assert dex.swept.instructions == MAX_SHARING * 4000
    dex = opened(shared(50, 4000))
    read = int((dex.bodies.size > 0).sum())
    assert read * 4000 <= MAX_SHARING * len(dex.units) < (read + 1) * 4000
    said = f"code items overlap so often that reading them all would take too long ({50 - read}; the first here)"
    assert said in [problem.what for problem in dex.problems]
