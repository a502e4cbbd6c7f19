"""What lies in the report folder is known before the first request."""

import os
from pathlib import Path

import pytest

from assay.model.errors import CaseError
from assay.reports.html import style
from assay.web import report_folder
from assay.web.report_folder import ReportFolder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "index.html").write_text("<p>page</p>")
    return folder


def test_only_plain_files_with_plain_names_are_served(report: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (report / "facts.jsonl").write_text("{}")
    (report / "sub").mkdir()
    (report / "sub" / "inner.csv").touch()
    (report / "link.csv").symlink_to(tmp_path / "secret")
    os.mkfifo(report / "pipe.csv")
    for name in ("a b.csv", ".hidden", "é.csv", "a\nb", "x" * 101, '"><b>'):
        (report / name).touch()
    (report / ("x" * 100)).touch()
    assert sorted(ReportFolder.at(tmp_path).files) == ["facts.jsonl", "x" * 100]


def test_a_folder_or_a_page_that_is_a_link_is_none(report: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "report").symlink_to(report)
    with pytest.raises(CaseError, match=r"no index\.html in it\. Write the report first"):
        ReportFolder.at(elsewhere)
    (report / "index.html").rename(tmp_path / "page")
    (report / "index.html").symlink_to(tmp_path / "page")
    with pytest.raises(CaseError, match=r"no index\.html in it"):
        ReportFolder.at(tmp_path)


def test_a_case_without_report_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="Write the report first: assay report"):
        ReportFolder.at(tmp_path)


def test_a_page_has_a_length(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_folder, "MAX_FRONT_BYTES", 11)
    assert ReportFolder.at(tmp_path).front == "<p>page</p>"
    (report / "index.html").write_text("<p>pages</p>")
    with pytest.raises(CaseError, match="longer than 11 bytes"):
        ReportFolder.at(tmp_path)


def test_it_tells_the_style_of_this_version_from_another(report: Path, tmp_path: Path) -> None:
    assert not ReportFolder.at(tmp_path).styled
    (report / "index.html").write_text(f"<style>{style()}</style>", "utf-8")
    assert ReportFolder.at(tmp_path).styled


@pytest.mark.parametrize(
    ("page", "served"),
    [
        ('<span class="id">a/b</span>', '<span class="id"><a href="/explain/a/b">a/b</a></span>'),
        ('<dd class="id">a/b</dd>', '<dd class="id"><a href="/explain/a/b">a/b</a></dd>'),
        ('<dd class="id">a/b</span>', '<dd class="id">a/b</span>'),
        ('<span class="id">a/c</span>', '<span class="id">a/c</span>'),
        ('<span class="id"><b>a/b</b></span>', '<span class="id"><b>a/b</b></span>'),
        ("a/b", "a/b"),
    ],
)
def test_ids_that_are_known_lead_on(page: str, served: str) -> None:
    assert ReportFolder(page, {}, styled=True).leading_on(frozenset({"a/b"})) == served


def test_the_ways_stand_above_the_report_once() -> None:
    page = ReportFolder('<div class="sheet">\n<p>\n<div class="sheet">\n', {}, styled=True).leading_on(frozenset())
    assert page.count('href="/explain"') == page.count('href="/report"') == 1
    assert page.startswith('<div class="sheet">\n<nav')
