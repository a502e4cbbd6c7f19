"""Network security configurations: what an application lets pass in clear text, and whom it trusts.

Source: developer.android.com, "Network security configuration", section "Configuration file format".
"""

from collections.abc import Iterator

import msgspec

from assay.artefacts.axml import Element

USER_TRUSTED_BELOW = 24
"""API level from which certificates that the user installed are no longer trusted unless stated."""


class DomainRule(msgspec.Struct, frozen=True, kw_only=True):
    """One domain's rule; `domain` is * for the base. `cleartext` is None where nothing is stated.

    What a rule does not state it has from the rule around it.
    """

    domain: str
    subdomains: bool
    cleartext: bool | None
    user_certificates: bool
    pins: int


class _Stated(msgspec.Struct, frozen=True):
    """What holds at a place of the document: its own statements over those around it."""

    cleartext: bool | None
    user_certificates: bool
    pins: int


def rules(root: Element, target_sdk: int) -> Iterator[DomainRule]:
    """Yield the base rule, then that of each domain in document order."""
    start = _Stated(None, target_sdk < USER_TRUSTED_BELOW, 0)
    base = next((_over(start, element) for element in root.all("base-config")), start)
    yield _rule("*", base, subdomains=True)
    for element in root.all("domain-config"):
        yield from _domains(element, _Stated(None, base.user_certificates, 0))


def without_configuration(cleartext: bool | None, target_sdk: int) -> DomainRule:  # noqa: FBT001 - as the manifest has it
    """Return the base rule of a package that has no configuration but the manifest's."""
    return _rule("*", _Stated(cleartext, target_sdk < USER_TRUSTED_BELOW, 0), subdomains=True)


def _domains(element: Element, around: _Stated) -> Iterator[DomainRule]:
    waiting = [(element, around)]
    while waiting:
        config, outer = waiting.pop()
        stated = _over(outer, config)
        for domain in config.all("domain"):
            name = "".join(domain.text).strip().lower()
            yield _rule(name, stated, subdomains=_boolean(domain, "includeSubdomains") or False)
        waiting += [(inner, stated) for inner in reversed(list(config.all("domain-config")))]


def _over(around: _Stated, element: Element) -> _Stated:
    cleartext = _boolean(element, "cleartextTrafficPermitted")
    anchors = [c.by_name("src") for trust in element.all("trust-anchors") for c in trust.all("certificates")]
    pins = sum(1 for pin_set in element.all("pin-set") for _ in pin_set.all("pin"))
    stated = any(element.all("trust-anchors"))
    return _Stated(
        around.cleartext if cleartext is None else cleartext,
        "user" in anchors if stated else around.user_certificates,
        pins or around.pins,
    )


def _rule(domain: str, stated: _Stated, *, subdomains: bool) -> DomainRule:
    return DomainRule(
        domain=domain,
        subdomains=subdomains,
        cleartext=stated.cleartext,
        user_certificates=stated.user_certificates,
        pins=stated.pins,
    )


def _boolean(element: Element, name: str) -> bool | None:
    return {"true": True, "false": False}.get((element.by_name(name) or "").lower())
