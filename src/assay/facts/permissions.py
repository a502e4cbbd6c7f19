"""Permissions: what a package asks for, and what it defines for others."""

from collections.abc import Iterator

from assay.artefacts.apk import Apk
from assay.registry import analyser
from assay.vocabulary.packages import Permission

_BASES = ("normal", "dangerous", "signature", "signatureOrSystem", "internal")
_FLAGS = {
    0x10: "privileged",
    0x20: "development",
    0x40: "appop",
    0x80: "pre23",
    0x100: "installer",
    0x200: "verifier",
    0x400: "preinstalled",
    0x800: "setup",
    0x1000: "instant",
    0x2000: "runtime",
    0x4000: "oem",
    0x8000: "vendorPrivileged",
    0x10000: "textClassifier",
    0x20000: "wellbeing",
    0x40000: "documenter",
    0x80000: "configurator",
    0x100000: "incidentReportApprover",
    0x200000: "appPredictor",
    0x400000: "module",
    0x800000: "companion",
    0x1000000: "retailDemo",
    0x2000000: "recents",
    0x4000000: "role",
    0x8000000: "knownSigner",
}
"""Flags of a protection level (AOSP core/java/android/content/pm/PermissionInfo.java)."""


@analyser(
    question="Which permissions does this package ask for, and which does it define?",
    reads=Apk,
    emits=Permission,
    blind_to=(
        "whether a permission is granted: that is the handset's state, not the package's",
        "the API level up to which a permission is asked for (maxSdkVersion)",
        "permissions that come with a shared user id or with another package",
    ),
)
def find_permissions(apk: Apk) -> Iterator[Permission]:
    """Yield a row for each permission asked for or defined, in the order of the manifest."""
    stated = apk.manifest
    for used in stated.used:
        yield Permission(place=used.place, package=stated.package, permission=used.name, role="uses", protection="")
    for defined in stated.defined:
        yield Permission(
            place=defined.place,
            package=stated.package,
            permission=defined.name,
            role="defines",
            protection=protection_level(defined.level),
        )


def protection_level(level: int) -> str:
    """Return a protection level as a manifest has it, e.g. ``signature|privileged``."""
    base = level & 0xF
    flags = [word for bit, word in _FLAGS.items() if level & bit]
    unknown = level & ~0xF & ~sum(_FLAGS)
    return "|".join([
        _BASES[base] if base < len(_BASES) else f"0x{base:x}",
        *flags,
        *([f"0x{unknown:x}"] if unknown else []),
    ])  # fmt: skip
