"""The case folder: where everything about a case lies (docs/explanation/architecture.md, "Case folder")."""

import fcntl
import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from assay.evidence.custody import NOTHING_BEFORE, CustodyLog
from assay.evidence.durable import write_bytes
from assay.evidence.store import Store
from assay.model import canonical
from assay.model.case import CASE_SCHEMA, Exhibit, Handset
from assay.model.errors import CaseError, UsageError

CUSTODY = "custody.jsonl"
NAME_ANOTHER = "Name an empty or a new folder with -o."


class Refusal(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """Something under the given paths that intake could not or would not take; `path` is a label."""

    handset: str
    path: str
    what: str


class CaseFolder:
    """An open case folder."""

    def __init__(self, root: Path, handsets: tuple[Handset, ...]) -> None:
        """Use `create` or `open`."""
        self.root = root
        self.handsets = handsets
        self.store = Store(root / "exhibits")
        self.custody = CustodyLog(root / CUSTODY)

    @classmethod
    def create(cls, root: Path) -> "CaseFolder":
        """Make an empty case. Raises: UsageError when the folder holds something that is not a case."""
        try:
            root.mkdir(parents=True, exist_ok=True)
            begun = {path.name for path in root.iterdir() if path.suffix != ".part"}
        except OSError as error:
            raise UsageError(str(root), f"not usable as a case folder ({error.strerror})", NAME_ANOTHER) from None
        if not begun <= {CUSTODY}:
            raise UsageError(str(root), "this exists and is not a case", NAME_ANOTHER)
        case = cls(root, ())
        case.custody.append([{"event": "case created", "schema": CASE_SCHEMA}])
        case.save_handsets(())
        return case

    @classmethod
    def open(cls, root: Path) -> "CaseFolder":
        """Open an existing case. Raises: CaseError, MismatchError when its custody log is not what it was."""
        path = root / "case.toml"
        try:
            content = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise CaseError(
                str(root), "no case.toml in it", "Make a case with: assay intake EVIDENCE -o CASE"
            ) from None
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CaseError(str(path), f"not readable as TOML ({error})", "Restore it from a copy.") from None
        case = cls(root, _handsets(path, content))
        if case.custody.head == NOTHING_BEFORE:
            raise CaseError(str(root / CUSTODY), "the custody log is missing or empty", "Restore it from a copy.")
        return case

    @classmethod
    def open_or_create(cls, root: Path) -> "CaseFolder":
        """Open the case at `root`, or make it."""
        return cls.open(root) if (root / "case.toml").exists() else cls.create(root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from changing the case meanwhile. Raises: UsageError when another one does."""
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise UsageError(str(self.root), "another process is working on this case", "Wait until it ends.") from None
        try:
            yield
        finally:
            os.close(descriptor)

    def save_handsets(self, handsets: tuple[Handset, ...]) -> None:
        """Write case.toml anew."""
        self.handsets = handsets
        content = {"schema": CASE_SCHEMA, "handset": [_without_unknown(handset) for handset in handsets]}
        write_bytes(self.root / "case.toml", tomli_w.dumps(content).encode("utf-8"))

    def exhibits(self) -> tuple[Exhibit, ...]:
        """Return the exhibits, sorted."""
        return tuple(sorted(self._lines("exhibits.jsonl", Exhibit)))

    def refusals(self) -> tuple[Refusal, ...]:
        """Return what intake could not take, sorted."""
        return tuple(sorted(self._lines("refused.jsonl", Refusal)))

    def save_exhibits(self, exhibits: Iterable[Exhibit], refusals: Iterable[Refusal]) -> None:
        """Write the lists of exhibits and refusals anew, sorted and unique."""
        write_bytes(self.root / "exhibits.jsonl", canonical.lines(sorted(set(exhibits))))
        write_bytes(self.root / "refused.jsonl", canonical.lines(sorted(set(refusals))))

    def _lines(self, name: str, record: Any) -> list[Any]:  # noqa: ANN401 - a record type and its instances
        path = self.root / name
        if not path.exists():
            return []
        try:
            return [msgspec.json.decode(line, type=record) for line in path.read_bytes().splitlines()]
        except msgspec.MsgspecError as error:
            raise CaseError(str(path), f"damaged ({error})", "Restore it from a copy.") from None


def _handsets(path: Path, content: dict[str, Any]) -> tuple[Handset, ...]:
    schema = content.get("schema")
    if not isinstance(schema, int) or schema > CASE_SCHEMA or schema < 1:
        fact = f"case schema {schema!r}; this version reads 1 to {CASE_SCHEMA}"
        raise CaseError(str(path), fact, "Use the version of Assay that made it, or a newer one.")
    try:
        return msgspec.convert(content.get("handset", []), tuple[Handset, ...])
    except msgspec.ValidationError as error:
        raise CaseError(str(path), f"a handset is not as it should be ({error})", "Correct the file.") from None


def _without_unknown(handset: Handset) -> dict[str, Any]:
    content = msgspec.to_builtins(handset)
    content["acquisition"] = {key: value for key, value in content["acquisition"].items() if value not in (None, "")}
    return {key: value for key, value in content.items() if value not in (None, "", {})}
