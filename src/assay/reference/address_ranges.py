"""Look-ups in ranges of addresses given as CSV (RFC 4180): one range a line, both ends inclusive."""

import csv
import ipaddress
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import msgspec

from assay.model.errors import UsageError

COLUMNS = ("start", "end", "country")
_NOWHERE = frozenset({"", "-", "ZZ"})

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Range(msgspec.Struct, frozen=True, order=True):
    """One range of one IP version, its ends as numbers."""

    version: int
    start: int
    end: int
    country: str
    note: str


class Ranges:
    """Ranges that do not overlap."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        """Take ranges in any order. Raises: ValueError where two overlap."""
        self._ranges = sorted(ranges)
        for one, other in zip(self._ranges, self._ranges[1:], strict=False):
            if one.version == other.version and other.start <= one.end:
                msg = f"two ranges hold {_printed(other.version, other.start)}"
                raise ValueError(msg)
        self._starts = [(each.version, each.start) for each in self._ranges]

    @classmethod
    def parse(cls, content: bytes, columns: Sequence[str], label: str) -> Self:
        """Read a CSV. Raises: UsageError for a line that is no range, or ranges that overlap."""
        try:
            lines = list(csv.reader(content.decode("utf-8-sig").splitlines(), strict=True))
            return cls(_ranges(lines, columns))
        except (ValueError, csv.Error) as reason:
            message = "Give start, end and country on each line, or a sidecar with columns = […]."
            raise UsageError(f"{label}: address database", f"cannot be read ({reason})", message) from reason

    def find(self, address: str) -> tuple[str, str] | None:
        """Return (country, note) of an address, None where no range holds it."""
        wanted = ipaddress.ip_address(address)
        place = bisect_right(self._starts, (wanted.version, int(wanted))) - 1
        if place < 0:
            return None
        found = self._ranges[place]
        if found.version != wanted.version or int(wanted) > found.end or not found.country:
            return None
        return found.country, found.note


def _ranges(lines: list[list[str]], columns: Sequence[str]) -> Iterator[Range]:
    """Yield the ranges; the first line that is no range names the columns."""
    first, names = 1, tuple(name.strip().lower() for name in columns)
    if lines and _is_header(lines[0]):
        names, first, lines = names or tuple(cell.strip().lower() for cell in lines[0]), 2, lines[1:]
    names = names or (*COLUMNS, "kind")
    if missing := [name for name in COLUMNS if name not in names]:
        raise ValueError(f"no column {missing[0]}")
    for number, cells in enumerate(lines, start=first):
        if any(cell.strip() for cell in cells):
            yield _range(number, dict(zip(names, cells, strict=False)))


def _is_header(cells: list[str]) -> bool:
    """Say whether a line names columns: there is no digit in it, as in every address."""
    return any(cells) and not any(char.isdigit() for cell in cells for char in cell)


def _range(number: int, cells: dict[str, str]) -> Range:
    try:
        start, end = _address(cells["start"]), _address(cells["end"])
    except (KeyError, ValueError):
        raise ValueError(f"line {number} has no two addresses") from None
    country = cells.get("country", "").strip().upper()
    if start.version != end.version or int(start) > int(end):
        raise ValueError(f"line {number} ends before it begins")
    if country not in _NOWHERE and not (len(country) == 2 and country.isascii() and country.isalnum()):
        raise ValueError(f"line {number} has no country code of two letters")
    note = cells.get("kind", "").strip().lower()
    return Range(start.version, int(start), int(end), "" if country in _NOWHERE else country, note)


def _address(text: str) -> Address:
    """Return an address written as one or as a number; a number up to 2**32-1 is IPv4."""
    text = text.strip()
    return ipaddress.ip_address(int(text) if text.isascii() and text.isdigit() else text)


def _printed(version: int, number: int) -> str:
    return str(ipaddress.IPv4Address(number) if version == 4 else ipaddress.IPv6Address(number))
