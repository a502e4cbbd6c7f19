"""Intake: what the user names becomes exhibits of a case, with their custody written down."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from assay.evidence.case_folder import CaseFolder, Refusal
from assay.evidence.naming import Given, understand
from assay.model.case import Exhibit, Handset
from assay.model.errors import EvidenceError, UsageError
from assay.model.locator import percent_encode

__all__ = ["Given", "IntakeSummary", "take", "understand"]

BATCH_FILES = 2_000
BATCH_BYTES = 1 << 30

Progress = Callable[[int], None]


class IntakeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What an intake did: exhibits it added, exhibits the case had before, and what it could not take."""

    added: int
    known: int
    refused: int
    custody_head: str


def take(case: CaseFolder, given: list[Given], progress: Progress = lambda _files: None) -> IntakeSummary:
    """Copy the evidence into the case, batch by batch; what was acknowledged stays after a stop.

    A refusal of earlier is dropped once the same place could be taken. The case folder itself is never evidence.
    Raises: EvidenceError when nothing at all could be taken and the case is still empty, UsageError.
    """
    for one in given:
        if Path(os.path.realpath(one.path)).is_relative_to(case.root.resolve()):
            raise UsageError(str(one.path), "this lies inside the case folder", "Name the evidence itself.")
    with case.alone():
        case.store.discard()
        _register(case, [one.handset for one in given if not one.refused])
        return _Intake(case).take(given, progress)


class _Intake:
    """One intake into a case that is held alone."""

    def __init__(self, case: CaseFolder) -> None:
        self._case = case
        self._before = len(case.exhibits())
        self._exhibits = set(case.exhibits())
        self._refusals = set(case.refusals())
        self._refused = 0

    def take(self, given: list[Given], progress: Progress) -> IntakeSummary:
        for batch in _batches(given, self._case.root):
            self._take(batch)
            progress(len(batch))
        if not self._exhibits:
            raise EvidenceError("evidence", "no file in it could be read", "See refused.jsonl in the case folder.")
        return IntakeSummary(
            added=len(self._exhibits) - self._before,
            known=self._before,
            refused=self._refused,
            custody_head=self._case.custody.head,
        )

    def _take(self, batch: list["_Entry"]) -> None:
        taken = [_stage(self._case, entry) for entry in batch]
        self._case.store.commit()
        exhibits = {one for one in taken if isinstance(one, Exhibit)} - self._exhibits
        refusals = {one for one in taken if isinstance(one, Refusal)}
        self._refused += len(refusals)
        refusals -= self._refusals
        # First the trace, then what it speaks of: a stop in between leaves a line too many, never one too few.
        self._case.custody.append([*map(_taken, sorted(exhibits)), *map(_refused, sorted(refusals))])
        places = {(one.handset, one.path) for one in exhibits}
        self._exhibits |= exhibits
        self._refusals = {one for one in self._refusals if (one.handset, one.path) not in places} | refusals
        self._case.save_exhibits(self._exhibits, self._refusals)


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
        case.custody.append(events)
        case.save_handsets(tuple(by_name.values()))


class _Entry(msgspec.Struct, frozen=True):
    """A file below the evidence, or what stands in its place; `refusal` says why it is not taken."""

    handset: str
    path: bytes
    label: str
    refusal: str
    size: int = 0


def _batches(given: list[Given], without: Path) -> Iterator[list[_Entry]]:
    batch: list[_Entry] = []
    size = 0
    for one in given:
        for entry in _entries(one, without):
            batch.append(entry)
            size += entry.size
            if len(batch) >= BATCH_FILES or size >= BATCH_BYTES:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _entries(given: Given, without: Path) -> Iterator[_Entry]:
    top, name = os.fsencode(given.path), given.handset.name
    own = percent_encode(os.fsencode(given.path.name))
    if given.refused:
        yield _Entry(name, top, own, given.refused)
    elif given.path.is_dir() and not given.path.is_symlink():
        for path, trouble in _walk(top, without.stat()):
            label = percent_encode(os.path.relpath(path, top))
            yield _Entry(name, path, label, trouble) if trouble else _entry(name, path, label)
    else:
        yield _entry(name, top, own)


def _walk(top: bytes, without: os.stat_result) -> Iterator[tuple[bytes, str]]:
    """Yield every path below a folder that is no folder, and folders that cannot be read with the reason."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield folder, f"folder not readable: {error.strerror}"
            continue
        folders: list[bytes] = []
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path, ""
            elif not _is(entry, without):
                folders.append(entry.path)
        waiting.extend(reversed(folders))


def _is(entry: os.DirEntry[bytes], folder: os.stat_result) -> bool:
    return entry.inode() == folder.st_ino and os.path.samestat(entry.stat(follow_symlinks=False), folder)


def _entry(handset: str, path: bytes, label: str) -> _Entry:
    try:
        found = os.lstat(path)
        if stat.S_ISLNK(found.st_mode):
            target = percent_encode(os.readlink(path))  # noqa: PTH115 - names stay raw bytes
            return _Entry(handset, path, label, f"symbolic link, not followed; it points to {target}")
    except OSError as error:
        return _Entry(handset, path, label, f"not readable: {error.strerror}")
    refusal = "" if stat.S_ISREG(found.st_mode) else "not a regular file"
    return _Entry(handset, path, label, refusal, found.st_size)


def _stage(case: CaseFolder, entry: _Entry) -> Exhibit | Refusal:
    if entry.refusal:
        return Refusal(handset=entry.handset, path=entry.label, what=entry.refusal)
    try:
        sha256, size = case.store.stage(Path(os.fsdecode(entry.path)))
    except OSError as error:
        return Refusal(handset=entry.handset, path=entry.label, what=f"not readable: {error.strerror}")
    return Exhibit(sha256=sha256, size=size, handset=entry.handset, path=entry.label)


def _taken(exhibit: Exhibit) -> dict[str, object]:
    return {"event": "exhibit taken", "exhibit": msgspec.to_builtins(exhibit)}


def _refused(refusal: Refusal) -> dict[str, object]:
    return {"event": "refused", "refused": msgspec.to_builtins(refusal)}
