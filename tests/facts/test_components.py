from assay.artefacts.apk import open_apk
from assay.facts.components import find_components
from assay.model.source import BufferSource
from tests.artefacts import applications as a


def test_components_come_with_what_a_caller_needs() -> None:
    action = a.node("intent-filter", a.node("action", name="b"), a.node("action", name="a"), a.node("action", name="a"))
    root = a.manifest(
        a.sdk(30),
        a.node(
            "application",
            a.node("activity", action, name=".Main"),
            a.node("service", name=".Service", permission="p.bind"),
            a.node(
                "provider", name=".Provider", authorities="x.test;y.test", exported=a.TRUE, writePermission="p.write"
            ),
        ),
    )
    rows = list(find_components(open_apk(BufferSource(a.apk(root)))))
    assert [(row.kind, row.name, row.exported, row.permission) for row in rows] == [
        ("activity", "org.example.app.Main", True, ""),
        ("service", "org.example.app.Service", False, "p.bind"),
        ("provider", "org.example.app.Provider", True, "write=p.write"),
    ]
    assert rows[0].actions == ("a", "b")
    assert rows[2].authorities == ("x.test", "y.test")


def test_a_package_without_application_has_none() -> None:
    assert list(find_components(open_apk(BufferSource(a.apk(a.manifest()))))) == []
