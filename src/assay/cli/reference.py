"""``assay docs``: the generated pages of the documentation."""

from pathlib import Path

import click

from assay.cli.options import FOLDER
from assay.engine.parts import load_bench
from assay.evidence.durable import write_bytes
from assay.findings import rulebook
from assay.model.errors import MismatchError
from assay.reports.reference_pages import reference_pages
from assay.verdicts import claimbook


@click.command(short_help="Write the generated reference pages.")
@click.option(
    "-o", "--folder", type=FOLDER, default=Path("docs/reference"), show_default=True, help="Where they stand."
)
@click.option("--check", is_flag=True, help="Write nothing; leave with 5 when a page is not as it would be written.")
@click.pass_context
def docs(context: click.Context, folder: Path, check: bool) -> None:  # noqa: FBT001
    r"""Write what the bench declares about itself: tables, readers, analysers, rules, claims, commands.

    \b
    assay docs
    assay docs --check
    assay docs -o build/reference
    """
    rules = rulebook.load()
    pages = reference_pages(load_bench(), rules, claimbook.load(rules), context.find_root().command)
    if check:
        _compare(folder, pages)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in _stale(folder, pages):
        (folder / name).unlink(missing_ok=True)
    for name, page in pages.items():
        write_bytes(folder / name, page.encode("utf-8"))


def _compare(folder: Path, pages: dict[str, str]) -> None:
    differing = [name for name, page in pages.items() if _found(folder / name) != page] + _stale(folder, pages)
    if differing:
        raise MismatchError(str(folder), f"not as generated: {', '.join(differing)}", "Run: make docs")


def _found(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _stale(folder: Path, pages: dict[str, str]) -> list[str]:
    found = sorted(path.name for path in folder.glob("*.md")) if folder.is_dir() else []
    return [name for name in found if name not in pages]
