"""Network policies: what a package lets pass in clear text, whom it trusts, and which keys it pins."""

from collections.abc import Iterator

from assay.artefacts.apk import Apk
from assay.artefacts.apk_manifest import place
from assay.artefacts.network_security import DomainRule, rules, without_configuration
from assay.model import text
from assay.model.errors import Unreadable
from assay.model.locator import InnerPlace
from assay.model.problem import Problem
from assay.registry import analyser
from assay.vocabulary.packages import NetworkPolicy


@analyser(
    question="Which hosts does this package state rules for, and does it allow clear text?",
    reads=Apk,
    emits=NetworkPolicy,
    blind_to=(
        "rules that hold only for a debuggable build (debug-overrides)",
        "code that sets up trust, pins or sockets of its own",
        "when pins expire, and certificates in the package that are trusted beside the system's",
    ),
)
def find_network_policies(apk: Apk) -> Iterator[NetworkPolicy | Problem]:
    """Yield the base rule and that of each domain; without a configuration of its own, what the manifest says.

    None for a split: Android takes what holds for the app from the base.
    """
    stated = apk.manifest
    if stated.split:
        return
    application = stated.application
    if application.network_security_config is None:
        root = apk.manifest_xml.root
        rule = without_configuration(application.cleartext, stated.effective_target)
        yield _policy(stated.package, rule, place(root.offset, root.length))
        return
    try:
        document = apk.network_security_config
    except Unreadable as error:
        yield Problem(
            place="", what=error.what, instead="no rule was read", cost="the package's network rules are unknown"
        )
        return
    if document is not None:
        where = str(InnerPlace("entry", text.show(application.network_security_config)))
        for rule in rules(document.root, stated.effective_target):
            yield _policy(stated.package, rule, where)


def _policy(package: str, rule: DomainRule, where: str) -> NetworkPolicy:
    return NetworkPolicy(
        place=where,
        package=package,
        domain=rule.domain,
        subdomains=rule.subdomains,
        cleartext=rule.cleartext,
        user_certificates=rule.user_certificates,
        pins=rule.pins,
    )
