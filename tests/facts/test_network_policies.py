from assay.artefacts.apk import open_apk
from assay.facts.network_policies import find_network_policies
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.vocabulary.packages import NetworkPolicy
from tests.artefacts import applications as a
from tests.artefacts import resource_writer as r
from tests.artefacts.resource_writer import Attribute, Node, Package, Type

TABLE = Package([Type("xml", {0: ("network", (r.STRING, "res/network.xml"))})])


def said(name: str, *children: Node, text: str = "", **attributes: str | tuple[int, int]) -> Node:
    return Node(name, [Attribute(key, value) for key, value in attributes.items()], list(children), text)


def found(*config: Node, target: int = 30, **application: str | tuple[int, int]) -> list[NetworkPolicy | Problem]:
    files = {"res__network_xml": r.xml(said("network-security-config", *config))} if config else {}
    more = {"networkSecurityConfig": a.reference(0x7F010000)} if config else {}
    root = a.manifest(a.sdk(target), a.node("application", **application, **more))
    return list(find_network_policies(open_apk(BufferSource(a.apk(root, TABLE, **files)))))


def brief(rows: list[NetworkPolicy | Problem]) -> list[tuple[object, ...]]:
    policies = [row for row in rows if isinstance(row, NetworkPolicy)]
    return [(row.domain, row.subdomains, row.cleartext, row.user_certificates, row.pins) for row in policies]


def test_without_a_configuration_the_manifest_and_the_api_level_count() -> None:
    assert brief(found()) == [("*", True, None, False, 0)]
    assert brief(found(usesCleartextTraffic=a.TRUE)) == [("*", True, True, False, 0)]
    assert brief(found(usesCleartextTraffic=a.FALSE, target=23)) == [("*", True, False, True, 0)]


def test_a_configuration_takes_the_place_of_the_manifest() -> None:
    base = said("base-config", cleartextTrafficPermitted=a.FALSE)
    assert brief(found(base, usesCleartextTraffic=a.TRUE)) == [("*", True, False, False, 0)]
    assert brief(found(said("domain-config"), usesCleartextTraffic=a.TRUE)) == [("*", True, None, False, 0)]


def test_domains_have_what_they_state_and_else_what_is_stated_around_them() -> None:
    user = said("trust-anchors", said("certificates", src="system"), said("certificates", src="user"))
    system = said("trust-anchors", said("certificates", src="system"))
    pins = said("pin-set", said("pin", text="abc", digest="SHA-256"), said("pin", text="def", digest="SHA-256"))
    inner = said("domain-config", said("domain", text="c.example"), system)
    rows = found(
        said("base-config", user, cleartextTrafficPermitted="false"),
        said(
            "domain-config", said("domain", text=" A.example ", includeSubdomains=a.TRUE),
            said("domain", text="b.example"),
            pins, inner, cleartextTrafficPermitted="true",
        ),
        said("domain-config", said("domain", text="d.example")),
    )  # fmt: skip
    assert brief(rows) == [
        ("*", True, False, True, 0),
        ("a.example", True, True, True, 2),
        ("b.example", False, True, True, 2),
        ("c.example", False, True, False, 2),
        ("d.example", False, None, True, 0),
    ]
    assert {row.place for row in rows} == {"entry:res/network.xml"}


def test_a_configuration_that_is_named_and_not_there_is_a_problem_and_no_rule() -> None:
    root = a.manifest(a.node("application", networkSecurityConfig=a.reference(0x7F010000)))
    for packages in ((TABLE,), ()):
        (row,) = find_network_policies(open_apk(BufferSource(a.apk(root, *packages))))
        assert isinstance(row, Problem)
        assert "network security configuration" in row.what


def test_a_split_states_no_rules_for_its_app() -> None:
    root = a.manifest(a.node("application", usesCleartextTraffic=a.TRUE), split="web")
    assert list(find_network_policies(open_apk(BufferSource(a.apk(root))))) == []
