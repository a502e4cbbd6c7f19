import ipaddress
import re
from pathlib import Path

import pytest

from tests.specimens.evidence import __main__ as maker
from tests.specimens.evidence import planted, truth, words

SPECIMENS = Path(__file__).resolve().parent
RANGES = [ipaddress.ip_network(block) for block in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
HOST = re.compile(r"https?://([^/\"'\s:?#\\<)]+)")
SCHEMA_HOSTS = {"schemas.android.com"}
"""The name space of Android manifests: a name, not an address that anything fetches."""
NOT_ADDRESSES = {"93.0.0.0"}
"""A browser's version number in a User-Agent."""


def demo_texts() -> list[tuple[str, str]]:
    files = maker.evidence().items()
    return [(name, content.decode()) for name, content in files if not name.endswith(".apk")]


def source_texts() -> list[tuple[str, str]]:
    paths = [path for folder in ("apps", "stubs") for path in (SPECIMENS / folder).rglob("*") if path.is_file()]
    return [(path.relative_to(SPECIMENS).as_posix(), path.read_text("utf-8")) for path in paths]


def test_the_demo_is_what_the_maker_writes() -> None:
    assert maker.differences(maker.DEMO, maker.evidence()) == []


def test_the_truth_is_what_the_maker_writes() -> None:
    assert maker.TRUTH.read_text("utf-8") == truth.text(maker.evidence())


def test_a_changed_a_missing_and_a_surplus_file_are_seen(tmp_path: Path) -> None:
    wanted = {"north/a": b"1", "north/b": b"2", "east/c": b"3"}
    maker.write(tmp_path, wanted)
    assert maker.differences(tmp_path, wanted) == []
    (tmp_path / "north/a").write_bytes(b"changed")
    (tmp_path / "north/b").unlink()
    (tmp_path / "east/d").write_bytes(b"surplus")
    (tmp_path / "claims.toml").write_bytes(b"somebody else's")
    assert maker.differences(tmp_path, wanted) == ["east/d", "north/a", "north/b"]
    maker.write(tmp_path, wanted)
    assert maker.differences(tmp_path, wanted) == []


def test_the_demo_is_small() -> None:
    assert sum(len(content) for content in maker.evidence().values()) < 1_500_000


@pytest.mark.parametrize("texts", [demo_texts, source_texts])
def test_addresses_are_documentation_addresses(texts: object) -> None:
    assert callable(texts)
    found = {address for _, text in texts() for address in IPV4.findall(text)} - NOT_ADDRESSES
    assert [one for one in found if not any(ipaddress.ip_address(one) in block for block in RANGES)] == []


def test_recipients_of_captures_have_documentation_addresses_of_both_kinds() -> None:
    used = {ipaddress.ip_address(row.host.address) for _, _, row in truth.exchanges()}
    blocks = [*RANGES, ipaddress.ip_network("2001:db8::/32")]
    assert {address.version for address in used} == {4, 6}
    assert [one for one in used if not any(one in block for block in blocks)] == []


@pytest.mark.parametrize("texts", [demo_texts, source_texts])
def test_hosts_are_reserved_names(texts: object) -> None:
    assert callable(texts)
    hosts = {host for _, text in texts() for host in HOST.findall(text)} - SCHEMA_HOSTS
    assert hosts
    assert [host for host in hosts if not re.search(r"\.(test|example)(%|$)", host)] == []


@pytest.mark.parametrize("owner", planted.OWNERS.values(), ids=list(planted.OWNERS))
def test_imeis_are_of_test_equipment_with_a_good_check_digit(owner: planted.Owner) -> None:
    digits = [int(digit) for digit in reversed(owner.imei)]
    doubled = [digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(digits)]
    assert len(digits) == 15
    assert owner.imei.startswith("00101")
    assert sum(doubled) % 10 == 0


def test_planted_values_are_distinct_across_handsets_and_kinds() -> None:
    values = [value for owner in planted.OWNERS.values() for value in owner.values().values()]
    assert not [one for one in values for other in values if one is not other and one in other]


def test_the_guard_list_holds_each_kind_of_repeat() -> None:
    records = words.guard_full()
    folded = [words.key(record) for record in records]
    assert (len(records), len(set(records)), len(set(folded))) == (449, 443, 431)
    assert words.CANARY in records
