"""The report of a case as it lies on disk: which files there are is read once, and no request names a path."""

import html
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

from assay.engine.reporting import FOLDER, FRONT
from assay.model.errors import CaseError
from assay.reports.html import style
from assay.web.explanation import address

MAX_FRONT_BYTES = 64 * 2**20
"""Most bytes of the report's page."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PRINTED_ID = re.compile(r'(<(span|dd) class="id">)([A-Za-z0-9/_.-]{1,200})(</\2>)')
_SHEET = '<div class="sheet">\n'
_BANNER = (
    '<nav aria-label="Served pages"><p class="figures"><a href="/explain">Explain an id</a> · '
    '<a href="/report">Files of this report</a></p></nav>\n'
)


class ReportFolder(msgspec.Struct, frozen=True):
    """The report's page, and its other files by name. `styled` when the page has the style of this version."""

    front: str
    files: Mapping[str, Path]
    styled: bool

    @classmethod
    def at(cls, root: Path) -> Self:
        """Read what lies in the report folder of the case at `root`; links are left out. Raises: CaseError."""
        folder = root / FOLDER
        found = {path.name: path for path in _regular(folder)}
        front = found.pop(FRONT, None)
        if front is None:
            raise CaseError(str(folder), f"no {FRONT} in it", f"Write the report first: assay report {root}")
        if front.stat().st_size > MAX_FRONT_BYTES:
            raise CaseError(str(front), f"longer than {MAX_FRONT_BYTES} bytes", f"Write it anew: assay report {root}")
        page = front.read_text("utf-8", "replace")
        return cls(page, found, style() in page)

    def leading_on(self, known: frozenset[str]) -> str:
        """Return the page with a way to the explanations: above it, and from each id it prints that is known."""

        def link(match: re.Match[str]) -> str:
            before, _, name, after = match.groups()
            return f'{before}<a href="{html.escape(address(name))}">{name}</a>{after}' if name in known else match[0]

        return _PRINTED_ID.sub(link, self.front).replace(_SHEET, _SHEET + _BANNER, 1)


def _regular(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    entries = sorted(folder.iterdir())
    return [path for path in entries if _NAME.fullmatch(path.name) and stat.S_ISREG(path.lstat().st_mode)]
