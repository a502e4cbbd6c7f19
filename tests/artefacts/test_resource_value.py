import pytest

from assay.artefacts.resource_value import Value


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        (0x01, 0x7F010000, "@0x7f010000"),
        (0x01, 0, "@null"),
        (0x02, 0x01010001, "?0x01010001"),
        (0x04, 0x3FC00000, "1.5"),
        (0x05, 0x00001001, "16dp"),
        (0x05, 0xFFFFFF01, "-1dp"),
        (0x05, 0x00006012, "0.75sp"),
        (0x06, 0x40000030, "50%"),
        (0x05, 0x00000109, "1?"),
        (0x10, 0xFFFFFFFF, "-1"),
        (0x11, 0xFFFFFFFF, "0xffffffff"),
        (0x12, 0xFFFFFFFF, "true"),
        (0x12, 0, "false"),
        (0x1C, 0x80FF0000, "#80ff0000"),
    ],
)
def test_values_print_as_a_source_has_them(kind: int, data: int, text: str) -> None:
    assert str(Value(kind, data)) == text


def test_values_say_what_they_are() -> None:
    assert Value(0x10, 0xFFFFFFFE).integer == -2
    assert Value(0x11, 0xFFFFFFFE).integer == 0xFFFFFFFE
    assert Value(0x03, 0, "text").integer is None
    assert Value(0x12, 0xFFFFFFFF).boolean is True
    assert Value(0x10, 0).boolean is False
    assert Value(0x03, 1, "true").boolean is None
    assert Value(0x01, 0x7F010000).reference == 0x7F010000
    assert Value(0x01, 0).reference is None
    assert Value(0x02, 5).reference is None
