"""The pins of real packages: each name stands once, each digest is whole."""

import re
from collections import Counter

from tests.house.real_apks import packages

DIGEST = re.compile(r"[0-9a-f]{64}")


def test_every_real_application_has_a_name_of_its_own() -> None:
    names = Counter(application.name for package in packages() for application in package.applications)
    assert [name for name, count in names.items() if count > 1] == []
    assert sum(name.endswith(".apk") for name in names) >= 12


def test_every_pin_is_an_exact_version_and_whole_digests() -> None:
    for package in packages():
        assert re.fullmatch(r"\d+(\.\d+)+", package.version)
        assert package.client in {"npm", "pip"}
        assert DIGEST.fullmatch(package.sha256)
        assert all(DIGEST.fullmatch(application.sha256) for application in package.applications)
