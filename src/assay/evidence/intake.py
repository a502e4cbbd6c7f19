"""Intake: what the user names becomes exhibits of a case, with their custody written down."""

import os
import stat
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.evidence.case_folder import CaseFolder, Refusal
from assay.model.case import Acquisition, Exhibit, Handset
from assay.model.errors import EvidenceError, UsageError
from assay.model.locator import percent_encode

HANDSET_FILE = "handset.toml"
HANDSET_SCHEMA = "assay-handset/1"
MAX_HANDSET_FILE = 1 << 20
BATCH_FILES = 2_000
BATCH_BYTES = 1 << 30

Progress = Callable[[int], None]


class Given(msgspec.Struct, frozen=True):
    """One piece of evidence as the user named it: a path and the handset it belongs to."""

    handset: Handset
    path: Path


class IntakeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an intake did."""

    added: int
    known: int
    refused: int
    custody_head: str


def understand(arguments: list[str]) -> list[Given]:
    """Turn ``[NAME=]PATH`` arguments into evidence with handsets.

    A folder with a handset.toml is that handset; a folder whose sub-folders have one each is several handsets;
    other paths belong to the handset NAME, or to the one called after the folder or file. Raises: UsageError,
    EvidenceError.
    """
    return [given for argument in arguments for given in _understand(argument)]


def _understand(argument: str) -> Iterator[Given]:
    name, equals, rest = argument.partition("=")
    path = Path(rest if equals and not Path(argument).exists() else argument)
    stated = name if equals and str(path) == rest else ""
    if not os.path.lexists(path):
        raise EvidenceError(argument, "no such file or folder", "Check the path; evidence is named as [NAME=]PATH.")
    inner = [] if stated else _handset_folders(path)
    for folder in inner or [path]:
        yield Given(_handset(folder, stated), folder)


def _handset_folders(path: Path) -> list[Path]:
    if not path.is_dir() or (path / HANDSET_FILE).is_file() or not os.access(path, os.R_OK):
        return []
    return sorted(folder for folder in path.iterdir() if (folder / HANDSET_FILE).is_file())


def _handset(path: Path, stated: str) -> Handset:
    sidecar = path / HANDSET_FILE if path.is_dir() else path.parent / HANDSET_FILE
    if sidecar.is_file() and not sidecar.is_symlink():
        handset = read_handset(sidecar)
        return msgspec.structs.replace(handset, name=stated) if stated else handset
    return Handset(name=stated or path.resolve().stem or "handset")


def read_handset(sidecar: Path) -> Handset:
    """Read a handset.toml. Raises: UsageError with what is wrong in it."""
    if sidecar.stat().st_size > MAX_HANDSET_FILE:
        raise UsageError(str(sidecar), "larger than 1 MiB", "A handset.toml is a few lines; see docs/how-to.")
    try:
        content: dict[str, Any] = tomllib.loads(sidecar.read_text("utf-8"))
        if content.pop("schema", None) != HANDSET_SCHEMA:
            raise UsageError(str(sidecar), f"no schema = {HANDSET_SCHEMA!r} in it", "Add the line at its head.")
        return msgspec.convert(content, Handset)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise UsageError(str(sidecar), f"not a handset description ({error})", "Correct the file.") from None


def take(case: CaseFolder, given: list[Given], progress: Progress = lambda _files: None) -> IntakeSummary:
    """Copy the evidence into the case, batch by batch; what was acknowledged stays after a stop.

    Raises: EvidenceError when nothing at all could be taken and the case is still empty.
    """
    before = set(case.exhibits())
    _register(case, [one.handset for one in given])
    known, refusals = set(before), set(case.refusals())
    for batch in _batches(given):
        taken = [_stage(case, entry) for entry in batch]
        case.store.commit()
        fresh = {one for one in taken if isinstance(one, Exhibit)} - known
        refused = {one for one in taken if isinstance(one, Refusal)} - refusals
        known |= fresh
        refusals |= refused
        case.save_exhibits(known, refusals)
        case.custody.append([*map(_taken, sorted(fresh)), *map(_refused, sorted(refused))])
        progress(len(batch))
    if not known:
        raise EvidenceError("evidence", "no file in it could be read", "See refused.jsonl in the case folder.")
    added = len(known) - len(before)
    return IntakeSummary(added=added, known=len(before), refused=len(refusals), custody_head=case.custody.head)


def _register(case: CaseFolder, handsets: list[Handset]) -> None:
    by_name = {handset.name: handset for handset in case.handsets}
    events: list[dict[str, object]] = []
    for handset in handsets:
        if by_name.get(handset.name) == handset:
            continue
        if handset.name not in by_name or handset != Handset(name=handset.name):
            event = "handset corrected" if handset.name in by_name else "handset added"
            events.append({"event": event, "handset": msgspec.to_builtins(handset)})
            by_name[handset.name] = handset
    if events:
        case.save_handsets(tuple(by_name.values()))
        case.custody.append(events)


class _Entry(msgspec.Struct, frozen=True):
    handset: str
    path: Path
    label: str
    refusal: str


def _batches(given: list[Given]) -> Iterator[list[_Entry]]:
    batch: list[_Entry] = []
    size = 0
    for one in given:
        for entry in _walk(one):
            batch.append(entry)
            size += _size(entry)
            if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _size(entry: _Entry) -> int:
    try:
        return 0 if entry.refusal else entry.path.lstat().st_size
    except OSError:
        return 0


def _walk(given: Given) -> Iterator[_Entry]:
    top = given.path
    if not top.is_dir() or top.is_symlink():
        yield _entry(given.handset.name, top, os.fsencode(top.name))
        return
    base = os.fsencode(top)
    failed: list[OSError] = []
    for folder, folders, files in os.walk(base, onerror=failed.append, followlinks=False):
        folders.sort()
        links = [name for name in folders if Path(os.fsdecode(os.path.join(folder, name))).is_symlink()]
        for name in sorted([*files, *links]):
            full = os.path.join(folder, name)
            yield _entry(given.handset.name, Path(os.fsdecode(full)), os.path.relpath(full, base))
    for error in failed:
        label = os.path.relpath(os.fsencode(error.filename), base)
        yield _Entry(given.handset.name, top, percent_encode(label), f"folder not readable: {error.strerror}")


def _entry(handset: str, path: Path, label: bytes) -> _Entry:
    return _Entry(handset, path, percent_encode(label), _why_refused(path))


def _why_refused(path: Path) -> str:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"not readable: {error.strerror}"
    if stat.S_ISLNK(mode):
        return f"symbolic link, not followed; it points to {percent_encode(os.fsencode(os.readlink(path)))}"
    return "" if stat.S_ISREG(mode) else "not a regular file"


def _stage(case: CaseFolder, entry: _Entry) -> Exhibit | Refusal:
    if entry.refusal:
        return Refusal(handset=entry.handset, path=entry.label, what=entry.refusal)
    try:
        sha256, size = case.store.stage(entry.path)
    except OSError as error:
        return Refusal(handset=entry.handset, path=entry.label, what=f"not readable: {error.strerror}")
    return Exhibit(sha256=sha256, size=size, handset=entry.handset, path=entry.label)


def _taken(exhibit: Exhibit) -> dict[str, object]:
    return {"event": "exhibit taken", "exhibit": msgspec.to_builtins(exhibit)}


def _refused(refusal: Refusal) -> dict[str, object]:
    return {"event": "refused", "refused": msgspec.to_builtins(refusal)}
