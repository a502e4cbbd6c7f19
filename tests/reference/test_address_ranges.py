import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model.errors import UsageError
from assay.reference.address_ranges import Range, Ranges

CSV = b"192.0.2.0,192.0.2.127,DE\n203.0.113.0,203.0.113.0,SG\n2001:db8::,2001:db8::ffff,lt\n10.0.0.0,10.0.0.9,ZZ\n"


def ranges(content: bytes, *columns: str) -> Ranges:
    return Ranges.parse(content, columns, "a.csv")


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("192.0.1.255", None),
        ("192.0.2.0", ("DE", "")),
        ("192.0.2.127", ("DE", "")),
        ("192.0.2.128", None),
        ("203.0.113.0", ("SG", "")),
        ("203.0.113.1", None),
        ("2001:db8::", ("LT", "")),
        ("2001:db8::1:0", None),
        ("::", None),
        ("0.0.0.0", None),
        ("10.0.0.3", None),
    ],
)
def test_both_ends_belong_to_a_range(address: str, found: tuple[str, str] | None) -> None:
    assert ranges(CSV).find(address) == found


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        (b"start,end,country,kind\n192.0.2.0,192.0.2.9,DE,cdn\n", ()),
        (b"\xef\xbb\xbfStart, End, Country, Kind\r\n192.0.2.0,192.0.2.9,de,CDN\r\n\r\n", ()),
        (b"192.0.2.0,192.0.2.9,DE,cdn", ()),
        (b"3221225984,3221225993,DE,cdn", ()),
        (b'"192.0.2.0","192.0.2.9","DE","cdn"', ()),
        (b"x,DE,192.0.2.0,192.0.2.9,cdn", ("id", "country", "start", "end", "kind")),
        (b"a,b,c,d\n192.0.2.0,192.0.2.9,DE,cdn", ("start", "end", "country", "kind")),
    ],
)
def test_columns_are_named_by_the_sidecar_the_first_line_or_their_order(
    content: bytes, columns: tuple[str, ...]
) -> None:
    assert ranges(content, *columns).find("192.0.2.5") == ("DE", "cdn")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"192.0.2.0,DE\n", "line 1 has no two addresses"),
        (b"start,end,country\nx,y,DE\n", "line 2 has no two addresses"),
        (b"192.0.2.9,192.0.2.0,DE\n", "line 1 ends before it begins"),
        (b"192.0.2.9,2001:db8::,DE\n", "line 1 ends before it begins"),
        (b"192.0.2.0,192.0.2.9,Germany\n", "no country code"),
        (b"192.0.2.0,192.0.2.9,DE\n192.0.2.9,192.0.2.12,FR\n", "two ranges hold 192.0.2.9"),
        (b"start,end\n192.0.2.0,192.0.2.9\n", "no column country"),
        (b"\xff\xfe", "cannot be read"),
        (b'192.0.2.0,"x"y\n', "cannot be read"),
    ],
)
def test_what_is_no_range_is_the_users_mistake_with_its_line(content: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        ranges(content)


@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=12, unique=True).map(sorted),
    st.integers(0, 61),
)
def test_a_look_up_is_that_of_a_search_through_all_ranges(ends: list[int], wanted: int) -> None:
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    table = Ranges(Range(4, start, end, f"A{number}", "") for number, (start, end) in enumerate(pairs))
    expected = [(f"A{number}", "") for number, (start, end) in enumerate(pairs) if start <= wanted <= end]
    assert table.find(str(ipaddress.IPv4Address(wanted))) == next(iter(expected), None)


@given(st.binary(max_size=80))
def test_noise_is_read_or_refused(noise: bytes) -> None:
    try:
        ranges(noise)
    except UsageError as refused:
        assert refused.thing == "a.csv: address database"  # noqa: PT017 - either end is fine, but no other error
