import pytest

from assay.reference.planted_forms import NOTATIONS, WHOLE_BELOW_BITS, calling_code, forms, luhn


@pytest.mark.parametrize(
    ("digits", "check"),
    [("49015420323751", "8"), ("35693803564380", "9"), ("7992739871", "3"), ("0", "0"), ("", "0")],
)
def test_the_check_digit_is_that_of_the_specification(digits: str, check: str) -> None:
    assert luhn(digits) == check


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("37061234567", "370"),
        ("447700900123", "44"),
        ("12025550123", "1"),
        ("79161234567", "7"),
        ("8613800138000", "86"),
        ("85291234567", "852"),
        ("201001234567", "20"),
    ],
)
def test_the_calling_code_is_told_from_the_number(digits: str, code: str) -> None:
    assert calling_code(digits) == code


@pytest.mark.parametrize("kind", NOTATIONS)
def test_the_example_of_a_kind_looks_like_it_and_is_among_its_forms(kind: str) -> None:
    notation = NOTATIONS[kind]
    assert notation.looks_like.fullmatch(notation.example)
    every = list(forms(kind, notation.example))
    assert all(form.pattern == form.pattern.lower() and form.pattern for form in every)
    assert all(
        form.whole is (form.bits < WHOLE_BELOW_BITS)
        for form in every
        if "," not in form.name and form.name != "national"
    )
