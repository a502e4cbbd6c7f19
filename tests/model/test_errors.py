import pytest

from assay.model.errors import (
    AssayError,
    CaseError,
    EvidenceError,
    ExitCode,
    MismatchError,
    RulebookError,
    Unreadable,
    UsageError,
)


@pytest.mark.parametrize(
    ("error", "code"), [(UsageError, 2), (EvidenceError, 3), (CaseError, 3), (RulebookError, 4), (MismatchError, 5)]
)
def test_each_mistake_has_its_exit_code(error: type[AssayError], code: int) -> None:
    assert error("thing", "fact", "Next.").exit_code == code


def test_every_exit_code_is_the_documented_number() -> None:
    assert sorted(ExitCode) == [0, 1, 2, 3, 4, 5, 6, 7, 130]


def test_a_message_says_thing_fact_and_next_step() -> None:
    assert str(UsageError("case", "not a folder", "Name another.")) == "case: not a folder. Name another."


def test_what_evidence_raises_is_no_mistake_of_the_user() -> None:
    assert not issubclass(Unreadable, AssayError)
    assert Unreadable("cut short").cost


def test_no_name_in_a_message_reaches_the_terminal_as_it_is() -> None:
    message = str(UsageError("\x1b[2J.toml", "is\u202e odd\x9b1m", "Go\r on."))
    assert message == "\\u001b[2J.toml: is\\u202e odd\\u009b1m. Go\\u000d on."
