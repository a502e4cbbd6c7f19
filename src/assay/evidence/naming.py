"""What the user names as evidence, and the handset that each piece of it belongs to."""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.model.case import Handset
from assay.model.errors import EvidenceError, UsageError

HANDSET_FILE = "handset.toml"
HANDSET_SCHEMA = "assay-handset/1"
MAX_HANDSET_FILE = 1 << 20

BESIDE = f"it lies beside folders that have a {HANDSET_FILE} and belongs to no handset"


class Given(msgspec.Struct, frozen=True):
    """One piece of evidence as the user named it: a path and the handset it belongs to.

    `refused` says why nothing below the path is taken; such a piece belongs to the handset without a name.
    `after_path` says that neither the user nor a handset.toml named the handset: it is called after the path.
    """

    handset: Handset
    path: Path
    refused: str = ""
    after_path: bool = False


def understand(arguments: list[str]) -> list[Given]:
    """Turn ``[NAME=]PATH`` arguments into evidence with handsets.

    A folder with a handset.toml is that handset; a folder whose sub-folders have one each is several handsets, and
    what lies beside these is refused; other paths belong to the handset NAME, or to the one called after the folder
    or file. Where things of different folders would be called alike, each is called by its path as given. A path that
    exists is a path even where it has an equals sign. Raises: UsageError, EvidenceError.
    """
    return _apart([given for argument in arguments for given in _understand(argument)])


def _apart(given: list[Given]) -> list[Given]:
    homes: dict[str, set[str]] = {}
    for one in given:
        if one.after_path:
            homes.setdefault(one.handset.name, set()).add(os.path.dirname(os.path.realpath(one.path)))  # noqa: PTH120
    alike = {name for name, folders in homes.items() if len(folders) > 1}
    return [_by_path(one) if one.after_path and one.handset.name in alike else one for one in given]


def _by_path(one: Given) -> Given:
    handset = msgspec.structs.replace(one.handset, name=_text(str(one.path)))
    return msgspec.structs.replace(one, handset=handset)


def _understand(argument: str) -> Iterator[Given]:
    name, place = _split(argument)
    if not os.path.lexists(place):
        raise EvidenceError(argument, "no such file or folder", "Check the path; evidence is named as [NAME=]PATH.")
    path = Path(place)
    inner = [] if name else _handset_folders(path)
    if not inner:
        yield Given(_handset(path, name), path, after_path=not name and not _described(path))
        return
    for entry in sorted(path.iterdir()):
        if entry in inner:
            yield Given(_handset(entry, ""), entry)
        else:
            yield Given(Handset(name=""), entry, BESIDE)


def _split(argument: str) -> tuple[str, str]:
    name, equals, place = argument.partition("=")
    if not equals or not name or os.path.lexists(argument):
        return "", argument
    return _text(name), place


def _handset_folders(path: Path) -> list[Path]:
    if not path.is_dir() or os.path.lexists(path / HANDSET_FILE) or not os.access(path, os.R_OK | os.X_OK):
        return []
    return [folder for folder in path.iterdir() if not folder.is_symlink() and _has_sidecar(folder)]


def _has_sidecar(folder: Path) -> bool:
    return os.path.isfile(folder / HANDSET_FILE)  # noqa: PTH113 - false, not an error, where it cannot be looked at


def _sidecar(path: Path) -> Path:
    return (path if path.is_dir() else path.parent) / HANDSET_FILE


def _described(path: Path) -> bool:
    return _has_sidecar(_sidecar(path).parent) and not _sidecar(path).is_symlink()


def _handset(path: Path, stated: str) -> Handset:
    if _described(path):
        handset = read_handset(_sidecar(path))
        return msgspec.structs.replace(handset, name=stated) if stated else handset
    own = Path(os.path.realpath(path))
    return Handset(name=stated or _text(own.name if own.is_dir() else own.stem) or "handset")


def _text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def read_handset(sidecar: Path) -> Handset:
    """Read a handset.toml. Raises: UsageError with what is wrong in it."""
    try:
        handset = _read(sidecar)
    except OSError as error:
        raise UsageError(str(sidecar), f"not readable ({error.strerror})", "Check its permissions.") from None
    except RecursionError:
        raise UsageError(str(sidecar), "not a handset description (nested too deeply)", "Correct the file.") from None
    except (ValueError, msgspec.ValidationError) as error:  # of ValueError: no TOML, no UTF-8, numbers beyond measure
        raise UsageError(str(sidecar), f"not a handset description ({error})", "Correct the file.") from None
    if not handset.name:
        raise UsageError(str(sidecar), "the handset has no name", "Give it one; tables call it so.")
    return handset


def _read(sidecar: Path) -> Handset:
    if sidecar.stat().st_size > MAX_HANDSET_FILE:
        raise UsageError(str(sidecar), "larger than 1 MiB", "A handset.toml is a few lines; see docs/how-to.")
    content: dict[str, Any] = tomllib.loads(sidecar.read_text("utf-8"))
    if content.pop("schema", None) != HANDSET_SCHEMA:
        raise UsageError(str(sidecar), f"no schema = {HANDSET_SCHEMA!r} in it", "Add the line at its head.")
    return msgspec.convert(content, Handset)
