"""Who has the token gets the cookie, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.web.session import Session

SESSION = Session(port=8765, token="t" * 43, cookie="c" * 43)


def test_each_start_has_secrets_of_its_own_of_256_bits() -> None:
    starts = [Session.begin(1) for _ in range(20)]
    secrets = {one.token for one in starts} | {one.cookie for one in starts}
    assert len(secrets) == 40
    assert {len(secret) for secret in secrets} == {43}  # 32 bytes in base64 without padding


def test_the_address_names_the_loopback_the_port_and_the_token() -> None:
    assert SESSION.start_url == f"http://127.0.0.1:8765/start/{'t' * 43}"


def test_the_cookie_is_not_for_scripts_nor_for_other_sites() -> None:
    assert SESSION.set_cookie == f"assay-8765={'c' * 43}; HttpOnly; SameSite=Strict; Path=/"


@pytest.mark.parametrize(
    ("header", "admitted"),
    [
        (f"assay-8765={'c' * 43}", True),
        (f"other=1; assay-8765={'c' * 43}; more=2", True),
        (f"assay-8765=old; assay-8765={'c' * 43}", True),
        (f"assay-8766={'c' * 43}", False),
        (f"assay-8765={'c' * 42}", False),
        (f"assay-8765={'c' * 44}", False),
        (f"assay-8765={'t' * 43}", False),
        ("assay-8765=", False),
        ("assay-8765=\u20ac", False),
        ("", False),
    ],
)
def test_only_the_cookie_of_this_start_admits(header: str, *, admitted: bool) -> None:
    assert SESSION.admits(header) is admitted


@given(st.text(max_size=80))
def test_no_other_text_admits_or_starts(text: str) -> None:
    assert not SESSION.admits(text)
    assert not SESSION.is_start(text)
    assert not SESSION.is_host(text)
    assert not SESSION.is_origin(text)


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_this_machine_has_three_names_at_this_port(host: str) -> None:
    assert SESSION.is_host(host)
    assert SESSION.is_origin(f"http://{host}")
    assert not SESSION.is_host(host.replace("8765", "8766"))
    assert not SESSION.is_host(host.rpartition(":")[0])
    assert not SESSION.is_origin(f"https://{host}")
