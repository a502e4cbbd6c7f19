"""Manifests that people lay beside evidence, in TOML: dated snapshots of an endpoint, and those the bench itself reads.

A manifest is what somebody states. It is never taken for a text of the phone: no address or word in it is evidence.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from assay.artefacts.manifest_schema import schema_of
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

SNAPSHOTS = "assay-snapshots/1"
OTHERS = ("assay-handset/1", "assay-planted/1", "assay-address-database/1")
"""Manifests that are read by other parts of the bench, not as artefacts."""
MAX_MANIFEST_BYTES = MIB
"""Largest manifest that is parsed."""

_REQUIRED: Final = ("file", "taken")


class BenchManifest:
    """A manifest that the bench reads elsewhere: known by its schema, its content stays closed."""

    def __init__(self, schema: str) -> None:
        """Take the schema."""
        self.schema = schema

    @property
    def problems(self) -> tuple[Problem, ...]:
        """None: nothing is read."""
        return ()


class SnapshotEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One dated answer as stated: label of the body's file, time (RFC 3339 UTC), HTTP status, request parameters."""

    endpoint: str
    file: str
    taken: str
    status: int | None
    parameters: dict[str, str]
    position: int


class SnapshotManifest:
    """The dated answers of an endpoint, in the order of the manifest. What is missing or wrong is a problem."""

    def __init__(self, source: ByteSource) -> None:
        """Parse. Raises: Unreadable."""
        self._problems: list[Problem] = []
        table = _parsed(source)
        endpoint = table.get("endpoint")
        if not isinstance(endpoint, str) or not endpoint:
            raise Unreadable("the manifest states no endpoint", "the dated answers it names belong to no endpoint")
        self.endpoint = found.from_str(endpoint)
        self.entries: tuple[SnapshotEntry, ...] = tuple(self._entries(table.get("snapshot")))

    @property
    def problems(self) -> list[Problem]:
        """Problems met while opening."""
        return self._problems

    def _entries(self, listed: object) -> Iterator[SnapshotEntry]:
        if not isinstance(listed, list):
            self._problem(-1, "the manifest has no [[snapshot]]")
            return
        for position, stated in enumerate(listed):
            entry = _entry(self.endpoint, position, stated) if isinstance(stated, Mapping) else None
            if entry is None:
                self._problem(
                    position, "a snapshot needs `file` (a name without folders) and `taken` (a time with its zone)"
                )
            else:
                yield entry

    def _problem(self, position: int, what: str) -> None:
        place = "" if position < 0 else f"toml:/snapshot/{position}"
        cost = "this answer takes no part in the history of the endpoint"
        self._problems.append(Problem(place=place, what=what, instead="it was skipped", cost=cost))


def _parsed(source: ByteSource) -> dict[str, Any]:
    if source.size > MAX_MANIFEST_BYTES:
        raise Unreadable(f"the manifest has {source.size} bytes, more than {MAX_MANIFEST_BYTES}")
    try:
        return tomllib.loads(bytes(source.view()).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # of ValueError: bad TOML, bad UTF-8, numbers beyond measure
        raise Unreadable(f"the manifest is not TOML: {error}") from None


def _entry(endpoint: str, position: int, stated: Mapping[str, object]) -> SnapshotEntry | None:
    file, taken = _text(stated.get("file")), _time(stated.get("taken"))
    if not taken or not file or "/" in file or "\\" in file:
        return None
    parameters = stated.get("parameters")
    status = stated.get("status")
    return SnapshotEntry(
        endpoint=endpoint,
        file=file,
        taken=taken,
        status=status if type(status) is int and 100 <= status <= 599 else None,
        parameters={key: _text(value) for key, value in parameters.items()} if isinstance(parameters, Mapping) else {},
        position=position,
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return found.from_str(value) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _time(value: object) -> str:
    """Return a time in UTC to the second, as RFC 3339; empty for no time and for one without a zone."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            return ""
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else ""
    except (ValueError, OverflowError):
        return ""


def is_snapshots(source: ByteSource) -> bool:
    """Say whether the bytes begin with the schema of a snapshot manifest."""
    return schema_of(source) == SNAPSHOTS


def is_bench_manifest(source: ByteSource) -> bool:
    """Say whether the bytes begin with the schema of another manifest of the bench."""
    return schema_of(source) in OTHERS


@reader(
    kind="snapshots",
    gives=SnapshotManifest,
    recognise=is_snapshots,
    rank=70,
    blind_to=(
        "whether the stated times and parameters are true: they are the word of who took the snapshots",
        "bodies that do not lie beside the manifest",
    ),
    source="docs/how-to/add-evidence.md; TOML 1.0.0",
)
def open_snapshots(source: ByteSource) -> SnapshotManifest:
    """Open a snapshot manifest. Raises: Unreadable."""
    return SnapshotManifest(source)


@reader(
    kind="manifest",
    gives=BenchManifest,
    recognise=is_bench_manifest,
    rank=70,
    blind_to=("everything a manifest of the bench says: other parts read it, as settings and not as evidence",),
    source="docs/how-to/add-evidence.md; TOML 1.0.0",
)
def open_bench_manifest(source: ByteSource) -> BenchManifest:
    """Open a manifest that other parts of the bench read."""
    return BenchManifest(schema_of(source))
