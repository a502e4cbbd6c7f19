"""What is a network address in a text, a file, a package or code, and where it stands."""

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.apk import open_apk
from assay.artefacts.axml import open_axml
from assay.artefacts.csv import open_csv
from assay.artefacts.har import open_har
from assay.artefacts.json import open_json
from assay.artefacts.preferences import open_preferences
from assay.artefacts.properties import open_properties
from assay.artefacts.text import Line, open_text
from assay.artefacts.xml import open_xml
from assay.bytecode.dex import open_dex
from assay.facts.addresses import rows, texts
from assay.facts.addresses.code import find_code_addresses
from assay.facts.addresses.json_documents import find_json_addresses
from assay.facts.addresses.packages import find_binary_xml_addresses, find_resource_addresses
from assay.facts.addresses.texts import find_text_addresses
from assay.facts.addresses.written import MAX_URL, addresses_in, unfinished_in
from assay.facts.addresses.xml_documents import find_xml_addresses
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.addresses import Address
from tests.artefacts.resource_writer import Node, xml

LABEL = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
PATH = st.from_regex(r"(/[A-Za-z0-9_.~-]{0,8}[A-Za-z0-9])*(\?[a-z]=[0-9]{1,3})?", fullmatch=True)


def found(text: str, **known: bool) -> list[tuple[str, str, str]]:
    return [(written.kind, written.value, written.host) for written in addresses_in(text, **known)]


def member(app: str, name: bytes) -> BufferSource:
    apk = open_apk(BufferSource((files("assay") / f"data/demo/north/apps/{app}.apk").read_bytes()))
    (source,) = [entry.open() for entry in apk.members() if entry.name == name]
    return BufferSource(source.view())


# --- URLs ------------------------------------------------------------------------------------------


@given(st.sampled_from(["http", "https", "ws", "wss", "mqtt"]), LABEL, LABEL, st.none() | st.integers(1, 65535), PATH)
def test_a_url_is_taken_apart(scheme: str, label: str, name: str, port: int | None, path: str) -> None:
    value = f"{scheme}://{label}.{name}.test{'' if port is None else f':{port}'}{path}"
    (written,) = addresses_in(f"see <{value}> or ask")
    assert (written.kind, written.value, written.scheme, written.host) == ("url", value, scheme, f"{label}.{name}.test")
    assert (written.port, written.path, written.start) == (port, path, 5)
    assert written.cleartext is (scheme in {"http", "ws", "mqtt"})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("HTTPS://Cfg.Example.TEST/Guard", [("HTTPS://Cfg.Example.TEST/Guard", "cfg.example.test")]),
        ("(http://a.example.test/x), http://b.example.test.", [
            ("http://a.example.test/x", "a.example.test"), ("http://b.example.test", "b.example.test")]),
        ("访问http://a.example.test/词，谢谢", [("http://a.example.test/词", "a.example.test")]),
        ("http://user:pw@a.example.test/", [("http://user:pw@a.example.test/", "a.example.test")]),
        ("http://203.0.113.7:8080/x", [("http://203.0.113.7:8080/x", "203.0.113.7")]),
        ("https://[2001:DB8::0001]/", [("https://[2001:DB8::0001]/", "2001:db8::1")]),
        ("http://例え.example.test/", [("http://例え.example.test/", "例え.example.test")]),
        ('{"u":"http://a.example.test/b"}', [("http://a.example.test/b", "a.example.test")]),
        ("http://a.example.test/x?u=http://b.example.test/", [
            ("http://a.example.test/x?u=http://b.example.test/", "a.example.test")]),
    ],
)  # fmt: skip
def test_urls_by_hand(text: str, values: list[tuple[str, str]]) -> None:
    assert [(value, host) for kind, value, host in found(text) if kind == "url"] == values


@pytest.mark.parametrize(
    "text",
    [
        "http://schemas.android.com/apk/res/android", "http://www.w3.org/2001/XMLSchema", "http://localhost:8080/",
        "http://127.0.0.1/x", "http://[::1]/", "file:///etc/hostname", "content://settings/system", "about://blank",
        "https://", "http://%s/v1", "http://{host}/x", "http://x/y", "http://*.example.test/", "http://a..b/",
        "http://a.example.test:99999/", "myhttp://a.example.test", "http:/a.example.test",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_network(text: str) -> None:
    assert found(text) == []


def test_urls_without_a_host_are_counted() -> None:
    assert unfinished_in("https://%s/a http://b.example.test https://{h}/") == 2
    assert unfinished_in("no address at all") == 0


def test_a_long_url_is_cut_at_the_limit() -> None:
    longest = "http://a.example.test/".ljust(MAX_URL, "x")
    assert found(longest)[0][1] == longest
    assert found(longest + "x")[0][1] == longest


# --- hosts and addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "host"),
    [
        ("cfg.example.test", "host", "cfg.example.test"), (" www.example.com\n", "host", "www.example.com"),
        ("example.com", "host", "example.com"), ("data.example.org:8443", "host", "data.example.org"),
        ("api.example.io", "host", "api.example.io"), ("cdn-2.example.app", "host", "cdn-2.example.app"),
        ("203.0.113.7", "ip", "203.0.113.7"), ("10.0.0.1:8080", "ip", "10.0.0.1"), ("8.8.8.8", "ip", "8.8.8.8"),
        ("2001:db8::7", "ip", "2001:db8::7"), ("2001:0db8:0:0:0:0:0:0001", "ip", "2001:db8::1"),
    ],
)  # fmt: skip
def test_a_text_that_is_an_address_as_a_whole(text: str, kind: str, host: str) -> None:
    assert found(text) == [(kind, text.strip(), host)]


@pytest.mark.parametrize(
    "text",
    [
        "org.example.notes", "com.android.settings", "com.example.test", "java.net", "io.example.internal", "user.name",
        "device.id", "main.py", "run.sh", "readme.md", "libguard.so", "index.html", "classes.dex", "words.csv",
        "foo.bar.baz",
        "NoteEditor.java", "Example.com", "a.b", "1.2.3.4", "10.0.1", "4.4.0.1",
        "255.255.255.0", "0.0.0.0", "127.0.0.1",
        "256.1.1.100", "12:34:56", "a::b", "std::vec::Vec", "::", "see www.example.com now", "localhost", "", "....",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address(text: str) -> None:
    assert found(text) == []


def test_a_version_is_no_address() -> None:
    assert found("203.0.113.7", version=True) == []
    assert found("cfg.example.test", version=True) != []


@given(st.text(max_size=60))
def test_any_text_is_searched(text: str) -> None:
    for written in addresses_in(text):
        assert text[written.start :].startswith(written.value)
        assert written.host == written.host.lower()


# --- files -----------------------------------------------------------------------------------------


def test_a_text_gives_the_bytes_of_each_address() -> None:
    data = "žr. http://a.example.test/x\r\nb.example.test\r\n".encode()
    found_rows = [row for row in find_text_addresses(open_text(BufferSource(data))) if isinstance(row, Address)]
    assert [(row.place, row.value, row.carrier) for row in found_rows] == [
        ("0x5+23", "http://a.example.test/x", "text"), ("0x1e+14", "b.example.test", "text")
    ]  # fmt: skip
    assert data[0x5 : 0x5 + 23] == b"http://a.example.test/x"
    assert data[0x1E : 0x1E + 14] == b"b.example.test"


@pytest.mark.parametrize("codec", ["utf-16", "gb18030"])
def test_places_hold_in_other_encodings(codec: str) -> None:
    data = "新闻自由 http://a.example.test/x\n广告过滤测试词语独立运动\n".encode(codec)
    (row,) = [row for row in find_text_addresses(open_text(BufferSource(data))) if isinstance(row, Address)]
    offset, length = (int(part, base) for part, base in zip(row.place.split("+"), (16, 10), strict=True))
    assert data[offset : offset + length].decode("utf-16-le" if codec == "utf-16" else codec) == row.value


def test_a_line_that_does_not_decode_is_searched_all_the_same() -> None:
    good = ["žodis", "ąžuolas", "šimtas"] * 20
    data = "\n".join(good).encode() + b"\n\xff http://a.example.test/\n"
    (row,) = [row for row in find_text_addresses(open_text(BufferSource(data))) if isinstance(row, Address)]
    assert row.value == "http://a.example.test/"


def test_json_gives_pointers_of_values_and_keys() -> None:
    value = {"u": ["https://a.example.test/"], "b.example.test": 1, "app_version": "203.0.113.7", "ip": "203.0.113.7"}
    document = open_json(BufferSource(json.dumps(value).encode()))
    assert [(row.place, row.host) for row in find_json_addresses(document) if isinstance(row, Address)] == [
        ("json:/u/0", "a.example.test"), ("json:/ip", "203.0.113.7"), ("json:/b.example.test", "b.example.test")
    ]  # fmt: skip


def test_a_capture_is_left_to_those_who_read_captures() -> None:
    text = b'{"log": {"entries": [], "comment": "http://a.example.test/"}}'
    assert list(find_json_addresses(open_har(BufferSource(text)))) == []


def test_xml_gives_paths_and_leaves_namespaces_out() -> None:
    text = b"<r xmlns:n='http://n.example.test/'><a href='https://a.example.test/'/><b>ws://b.example.test</b></r>"
    found_rows = [row for row in find_xml_addresses(open_xml(BufferSource(text))) if isinstance(row, Address)]
    assert [(row.place, row.scheme, row.carrier) for row in found_rows] == [
        ("xpath:/r[1]/a[1]", "https", "xml"), ("xpath:/r[1]/b[1]", "ws", "xml")
    ]  # fmt: skip


def test_preferences_tables_and_properties_name_their_carrier() -> None:
    preferences = open_preferences(BufferSource(b"<map><string name='u'>http://a.example.test/</string></map>"))
    table = open_csv(BufferSource(b"id,host\n1,a.example.test\n2,b.example.test\n"))
    properties = open_properties(BufferSource(b"ro.a=1\nro.b=2\nro.url=http://a.example.test/\n"))
    assert [(r.carrier, r.place) for r in find_xml_addresses(preferences) if isinstance(r, Address)] == [
        ("preferences", "xpath:/map[1]/string[1]")
    ]
    assert [(r.carrier, r.place) for r in find_text_addresses(table) if isinstance(r, Address)] == [
        ("csv", "line:2"), ("csv", "line:3")
    ]  # fmt: skip
    assert [(r.carrier, r.place) for r in find_text_addresses(properties) if isinstance(r, Address)] == [
        ("text", "line:3")
    ]


def test_addresses_are_written_down_at_the_limit_and_counted_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MAX_ADDRESSES", 2)
    two = b"http://a.example.test/\nhttp://b.example.test/\n"
    assert len(list(find_text_addresses(open_text(BufferSource(two))))) == 2
    more = list(find_text_addresses(open_text(BufferSource(two + b"http://c.example.test/\n"))))
    assert more[2:] == [NotFollowed("addresses beyond the limit of one artefact", 1)]


# --- packages and code -----------------------------------------------------------------------------


def test_code_gives_the_method_that_uses_an_address() -> None:
    found_rows = [
        row for row in find_code_addresses(open_dex(member("Notes", b"classes.dex"))) if isinstance(row, Address)
    ]
    (row,) = found_rows
    assert (row.value, row.cleartext, row.carrier) == ("http://cfg.example.test/guard?v=", True, "code")
    assert row.place.startswith("method:Lorg/example/notes/GuardUpdater;->")
    assert "+0x" in row.place


def test_the_network_security_configuration_names_a_host() -> None:
    (row,) = [
        r
        for r in find_binary_xml_addresses(open_axml(member("Notes", b"res/xml/network.xml")))
        if isinstance(r, Address)
    ]
    assert (row.kind, row.host, row.carrier) == ("host", "cfg.example.test", "resource")


def test_a_manifest_full_of_names_of_classes_has_no_address() -> None:
    assert list(find_binary_xml_addresses(open_axml(member("Notes", b"AndroidManifest.xml")))) == []


def test_string_resources_without_addresses_give_none() -> None:
    apk = open_apk(BufferSource((files("assay") / "data/demo/north/apps/Notes.apk").read_bytes()))
    assert list(find_resource_addresses(apk)) == []


class Spy(str):
    """A text that counts how many of its characters were taken out of it."""

    __slots__ = ("taken",)

    def __getitem__(self, key: Any) -> str:
        piece = super().__getitem__(key)
        self.taken = getattr(self, "taken", 0) + len(piece)
        return piece


def test_many_addresses_on_one_line_are_placed_in_one_walk() -> None:
    text = Spy("ü http://a.test/x " * 500)
    rows_found = list(texts._of_line(Line(1, 7, len(text.encode()), text), "utf-8"))
    step = len("ü http://a.test/x ".encode())
    assert [row.place for row in rows_found] == [f"0x{7 + 3 + step * n:x}+15" for n in range(500)]
    assert text.taken <= 2 * len(text)


@pytest.mark.parametrize(("limit", "hosts", "beyond"), [(32, 2, 0), (31, 1, 1)])
def test_texts_are_looked_at_up_to_the_limit_and_counted_beyond(
    monkeypatch: pytest.MonkeyPatch, limit: int, hosts: int, beyond: int
) -> None:
    monkeypatch.setattr(rows, "MAX_CHARACTERS", limit)
    root = Node("manifest", children=[Node("a", text="http://a.test/01"), Node("b", text="http://b.test/02")])
    seen = list(find_binary_xml_addresses(open_axml(BufferSource(xml(root)))))
    assert len([row for row in seen if isinstance(row, Address)]) == hosts
    assert sum(row.count for row in seen if isinstance(row, NotFollowed)) == beyond
