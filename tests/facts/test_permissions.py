import pytest

from assay.artefacts.apk import open_apk
from assay.facts.permissions import find_permissions, protection_level
from assay.model.source import BufferSource
from tests.artefacts import applications as a


def test_permissions_are_used_or_defined() -> None:
    root = a.manifest(
        a.node("uses-permission", name="android.permission.INTERNET"),
        a.node("uses-permission-sdk-23", name="org.example.p.USED"),
        a.node("permission", name="org.example.p.OWN", protectionLevel=(0x11, 0x12)),
        a.node("permission", name="org.example.p.PLAIN"),
    )
    rows = list(find_permissions(open_apk(BufferSource(a.apk(root)))))
    assert [(row.permission, row.role, row.protection) for row in rows] == [
        ("android.permission.INTERNET", "uses", ""),
        ("org.example.p.USED", "uses", ""),
        ("org.example.p.OWN", "defines", "signature|privileged"),
        ("org.example.p.PLAIN", "defines", "normal"),
    ]
    assert len({row.place for row in rows}) == 4


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (0, "normal"), (1, "dangerous"), (3, "signatureOrSystem"), (4, "internal"), (7, "0x7"),
        (0x1001, "dangerous|instant"), (0x40000012, "signature|privileged|0x40000000"),
    ],
)  # fmt: skip
def test_protection_levels_read_as_a_manifest_has_them(level: int, text: str) -> None:
    assert protection_level(level) == text
