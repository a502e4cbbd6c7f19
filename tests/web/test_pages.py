"""The served pages are made of our templates, and values in them are text."""

import pytest

from assay.web.pages import FAILURES, failure, page


@pytest.mark.parametrize("status", FAILURES)
def test_a_failure_says_what_to_do(status: int) -> None:
    answer = failure(status)
    assert answer.status_code == status
    title, advice = FAILURES[status]
    assert f"<h1>{title}</h1>".encode() in answer.body
    assert advice.encode() in answer.body


def test_values_are_escaped_and_shown() -> None:
    body = bytes(page("explanation.html.j2", title="<i>\u202e", name="<b>\x00", lines=()).body).decode()
    assert "&lt;i&gt;\\u202e" in body
    assert "<title>&lt;b&gt;\\u0000 – Assay</title>" in body
    assert '<h1><bdi class="found">&lt;b&gt;\\u0000</bdi></h1>' in body
