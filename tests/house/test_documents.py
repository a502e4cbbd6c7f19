"""Documents that are generated are fresh, and links between documents lead somewhere."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.house import tree

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)\s]*)?\)")


def _dead_links(path: Path, content: str) -> Iterator[str]:
    for target in LINK.findall(content):
        if not (path.parent / unquote(target)).exists():
            yield target


def test_links_between_documents_lead_somewhere() -> None:
    documents = tree.texts(".md")
    assert [(tree.named(path), link) for path, content in documents for link in _dead_links(path, content)] == []


def test_a_dead_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()
    page = tmp_path / "page.md"
    assert list(_dead_links(page, "[a](there.md#part) [b](gone.md) [c](https://example.test/x)")) == ["gone.md"]


def test_the_generated_reference_is_fresh() -> None:
    command = [sys.executable, "-m", "assay.cli.main", "docs", "--check"]
    done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
