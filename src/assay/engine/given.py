"""What a run is given beside evidence: planted values, address databases, profiles; kept in the case for later runs."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
import tomli_w

from assay.evidence.case_folder import CaseFolder
from assay.evidence.durable import write_bytes
from assay.model import canonical
from assay.model.errors import CaseError, UsageError
from assay.model.ids import sha256_hex
from assay.model.locator import percent_encode
from assay.reference import profiles
from assay.reference.address_databases import SCHEMA, AddressDatabases
from assay.reference.planted import PlantedValues

PLANTED = "planted.toml"
DATABASES = "databases"
GIVEN = "given.json"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the user chose for the case; paths of rule and claim folders are the user's own."""

    profiles: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """What the user named beside the evidence."""

    planted: Path | None = None
    databases: tuple[Path, ...] = ()
    profiles: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    claims: tuple[Path, ...] = ()


def keep(case: CaseFolder, files: Files) -> None:
    """Copy what was given into the case, with custody entries; later runs use it again. Raises: UsageError."""
    profiles.chosen(files.profiles)
    _check(files)
    events = [*_keep_planted(case, files.planted), *(_keep_database(case, path) for path in files.databases)]
    before = given(case)
    after = Given(
        profiles=_union(before.profiles, files.profiles),
        rules=_union(before.rules, [str(path.resolve()) for path in files.rules]),
        claims=_union(before.claims, [str(path.resolve()) for path in files.claims]),
    )
    if after != before:
        write_bytes(case.root / GIVEN, canonical.line(after) + b"\n")
        events.append({"event": "run options given", "given": msgspec.to_builtins(after)})
    if events:
        case.custody.append(events)


def _check(files: Files) -> None:
    """Read what was given before any of it is kept: a case never holds what it cannot be run with."""
    if files.planted:
        _read(files.planted, lambda content: PlantedValues.parse(content.decode("utf-8")))
    for path in files.databases:
        _read(path, partial(_database, path))
    for folder in (*files.rules, *files.claims):
        if not folder.is_dir():
            raise UsageError(str(folder), "no such folder", "Check the path.")


def _read(path: Path, reader: Callable[[bytes], object]) -> None:
    """Raises: UsageError that names the file as the user did."""
    try:
        reader(_bytes(path))
    except UsageError as error:
        fact = error.fact if error.thing == str(path) else f"{error.thing}: {error.fact}"
        raise UsageError(str(path), fact, error.next_step) from None
    except UnicodeDecodeError:
        raise UsageError(str(path), "not a text in UTF-8", "Correct the file.") from None


def _database(path: Path, content: bytes) -> AddressDatabases:
    return AddressDatabases.of([(content, _sidecar(path), _label(path.stem))])


def _sidecar(path: Path) -> str | None:
    sidecar = path.with_suffix(".toml")
    return _bytes(sidecar).decode("utf-8") if sidecar.is_file() else None


def _keep_planted(case: CaseFolder, planted: Path | None) -> list[dict[str, object]]:
    if planted is None:
        return []
    content = _bytes(planted)
    if not _replaced(case.root / PLANTED, content, 0o600):
        return []
    return [{"event": "planted values given"}]


def _keep_database(case: CaseFolder, path: Path) -> dict[str, object]:
    folder = case.root / DATABASES
    folder.mkdir(mode=0o755, exist_ok=True)
    content = _bytes(path)
    sidecar = path.with_suffix(".toml")
    name = f"{sha256_hex(content)}{'.mmdb' if path.suffix == '.mmdb' else '.csv'}"
    _replaced(folder / name, content)
    described = sidecar.is_file()
    about = _bytes(sidecar) if described else tomli_w.dumps({"schema": SCHEMA, "name": _label(path.stem)}).encode()
    _replaced((folder / name).with_suffix(".toml"), about)
    event = {"event": "address database given", "sha256": sha256_hex(content), "label": _label(path.name)}
    return {**event, "described": described}


def _label(name: str) -> str:
    return percent_encode(os.fsencode(name))


def _replaced(path: Path, content: bytes, mode: int = 0o644) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    write_bytes(path, content, mode)
    return True


def given(case: CaseFolder) -> Given:
    """Return what was given to a case before. Raises: CaseError."""
    path = case.root / GIVEN
    try:
        return msgspec.json.decode(path.read_bytes(), type=Given) if path.exists() else Given()
    except msgspec.MsgspecError as error:
        raise CaseError(str(path), f"damaged ({error})", "Restore it from a copy, or delete it.") from None


def assumed(case: CaseFolder) -> Iterator[tuple[str, str]]:
    """Yield (handset, profile) for each profile under which a handset's gates are judged: its own, then those given."""
    chosen = given(case).profiles
    for handset in case.handsets:
        for profile in dict.fromkeys((handset.profile, *chosen)):
            if profile:
                yield handset.name, profile


def _union(before: tuple[str, ...], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *more)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(str(path), f"not readable ({error.strerror})", "Check the path.") from None
