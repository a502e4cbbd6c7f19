import pytest

from assay.artefacts.apk_entry_classes import entry_classes, qualified
from assay.artefacts.axml import Attribute, Element
from assay.artefacts.resource_value import Kind, Value

NAME, TARGET, BACKUP, FACTORY = 0x01010003, 0x01010202, 0x0101027F, 0x0101057A


def element(name: str, *children: Element, **by_id: Value) -> Element:
    ids = {"name_": NAME, "target": TARGET, "backup": BACKUP, "factory": FACTORY}
    attributes = tuple(
        Attribute(namespace="", name="", resource_id=ids[key], raw=None, value=value, offset=0)
        for key, value in by_id.items()
    )
    return Element(namespace="", name=name, attributes=attributes, line=0, offset=7, length=9, children=list(children))


def text(value: str) -> Value:
    return Value(Kind.STRING, 0, value)


def found(root: Element, resolved: Value | None = None) -> list[tuple[str, str, str]]:
    return [(one.role, one.name, one.alias) for one in entry_classes(root, "org.example", lambda _: resolved)]


def test_every_role_is_read_in_the_order_of_the_manifest() -> None:
    root = element(
        "manifest",
        element("instrumentation", name_=text("Runner")),
        element(
            "application",
            element("activity", name_=text(".Main")),
            element("activity-alias", name_=text(".Other"), target=text(".Main")),
            name_=text(".App"),
            backup=text("org.example.Agent"),
            factory=text("org.elsewhere.Factory"),
        ),
    )
    assert found(root) == [
        ("application", "org.example.App", ""),
        ("backup-agent", "org.example.Agent", ""),
        ("component-factory", "org.elsewhere.Factory", ""),
        ("activity-alias", "org.example.Main", "org.example.Other"),
        ("instrumentation", "org.example.Runner", ""),
    ]


def test_references_are_followed_and_those_that_lead_nowhere_name_nothing() -> None:
    root = element("manifest", element("application", name_=Value(Kind.REFERENCE, 0x7F010000)))
    assert found(root) == []
    assert found(root, text(".App")) == [("application", "org.example.App", "")]


@pytest.mark.parametrize(
    ("name", "meant"), [(".A", "p.q.A"), ("A", "p.q.A"), ("x.A", "x.A"), ("", ""), (".a.B$C", "p.q.a.B$C")]
)
def test_names_are_qualified_as_android_does(name: str, meant: str) -> None:
    assert qualified("p.q", name) == meant
