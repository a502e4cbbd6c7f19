import hashlib
import re

import pytest

from assay.reference.test_keys import TestKeys

KEYS = TestKeys.packaged()
TESTKEY = "a40da80a59d170caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc"


def test_every_row_has_a_digest_a_source_and_a_day() -> None:
    assert {key.name for key in KEYS.keys} == {
        f"AOSP {name}" for name in ("testkey", "platform", "shared", "media", "networkstack", "verity")
    }
    for key in KEYS.keys:
        assert re.fullmatch(r"[0-9a-f]{64}", key.sha256)
        assert key.verified in {"primary", "secondary", "unverified"}
        assert key.name.removeprefix("AOSP ") in key.source
        assert key.as_of.year >= 2026


def test_keys_are_found_by_certificate_and_debug_keys_by_subject() -> None:
    assert KEYS.look_up(TESTKEY, "CN=anything") == "AOSP testkey"
    assert KEYS.look_up("0" * 64, "C=US,O=Android,CN=Android Debug") == "Android debug key"
    assert KEYS.look_up("0" * 64, "CN=Android Debug,O=Android,C=US") == "Android debug key"


@pytest.mark.parametrize(
    "subject", ["CN=Android Debug", "C=US,O=Android,CN=Android Debug,OU=x", r"C=US,O=Android\,CN=Android Debug", ""]
)
def test_other_subjects_are_no_debug_keys(subject: str) -> None:
    assert KEYS.look_up("0" * 64, subject) == ""


def test_the_digest_is_that_of_the_table() -> None:
    raw = b"key = []\nsubject = []\n"
    assert TestKeys(raw).digest == hashlib.sha256(raw).hexdigest()
    assert TestKeys(raw).look_up(TESTKEY, "") == ""
    with pytest.raises(ValueError, match="key"):
        TestKeys(b"subject = []")
