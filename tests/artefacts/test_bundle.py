import random

import pytest

from assay.artefacts import bundle as bundle_module
from assay.artefacts.bundle import Bundle, open_bundle
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import BENCH
from tests.artefacts import bundle_writer as w
from tests.artefacts import compiled_writer as c

SPLITS = {"base-master": w.split(), "base-lt": w.split("config.lt")}
FORMS = {
    "apks": w.apks(SPLITS), "xapk": w.xapk(SPLITS), "apkm": w.apkm(SPLITS), "aab": w.aab(c.dex(), "base", "extra"),
    "harmony": w.hap(), "harmony-fa": w.hap("config.json"), "harmony-app": w.hap("pack.info"),
}  # fmt: skip
STATED = [form for form in FORMS if form != "aab"]


def opened(raw: bytes) -> Bundle:
    return open_bundle(BufferSource(raw))


def recognised(raw: bytes) -> list[str]:
    return [spec.kind for spec in BENCH.readers if spec.kind == "bundle" and spec.recognise(BufferSource(raw))]


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_read_off_the_content(form: str) -> None:
    assert recognised(FORMS[form]) == ["bundle"]
    assert opened(FORMS[form]).form == form


@pytest.mark.parametrize("form", STATED)
def test_a_bundle_says_which_app_it_holds(form: str) -> None:
    stated = opened(FORMS[form]).metadata
    assert stated.package == w.PACKAGE
    assert (stated.version_name, stated.version_code) == (("", None) if form == "apks" else ("0.7", 7))


def test_the_packages_of_a_set_come_from_its_table_of_contents() -> None:
    bundle = opened(FORMS["apks"])
    assert bundle.metadata.apks == (
        ("base-master", "splits/base-master.apk"),
        ("base-lt", "splits/base-lt.apk"),
    )
    assert bundle.metadata.tool == "bundletool 1.15.6"
    assert bundle.packages == (b"splits/base-master.apk", b"splits/base-lt.apk")
    assert not bundle.problems


def test_an_app_bundle_has_modules_and_manifests_that_are_not_read() -> None:
    bundle = opened(FORMS["aab"])
    assert (bundle.modules, bundle.metadata.tool) == ((b"base", b"extra"), "bundletool 1.15.6")
    assert "protocol buffers, which are not read" in bundle.problems[0].what
    members = {member.name: bytes(member.open().view()) for member in bundle.members()}
    assert members[b"base/dex/classes.dex"] == c.dex()


def test_an_xapk_lists_packages_and_expansion_files() -> None:
    stated = opened(FORMS["xapk"]).metadata
    assert stated.apks == (("base-master", "base-master.apk"), ("base-lt", "base-lt.apk"))
    assert stated.expansions == ("Android/obb/org.example.notes/main.7.obb",)
    assert stated.tool == "XAPK 2"


@pytest.mark.parametrize("entries", [
    {"toc.pb": w.toc()}, {"toc.pb": b"text"},
    {"manifest.json": b"{}", "base.apk": b""}, {"info.json": b'{"a": 1}', "a.apk": b""},
    {"module.json": b'{"bundleName": 1}'}, {"module.json": b"{}", "ets/modules.abc": b""}, {"BundleConfig.pb": b""},
    {"classes.dex": c.dex()}, {"notes/toc.pb": b"", "a.apk": b""},
])  # fmt: skip
def test_other_archives_are_no_bundles(entries: dict[str, bytes]) -> None:
    assert recognised(w.archive(entries)) == []
    with pytest.raises(Unreadable, match="no bundle"):
        opened(w.archive(entries))


@pytest.mark.parametrize("raw", [b"", b"PK\3\4", b"toc.pb a.apk", FORMS["apks"][:-60]])
def test_what_is_no_whole_archive_is_not_recognised(raw: bytes) -> None:
    assert recognised(raw) == []


@pytest.mark.parametrize("written", [[], [1, None], "text", None, {"app": 3, "xapk_version": []}])
def test_a_description_of_another_shape_states_nothing(written: object) -> None:
    stated = opened(w.xapk(SPLITS, split_apks=written, expansions=written, version_code=written)).metadata
    assert (stated.apks, stated.expansions, stated.version_code) == ((), (), None)


def test_a_number_that_is_none_is_not_stated() -> None:
    for written in (-1, "1.5", "9" * 19, "٣", 2**63, True, 1.5):
        assert opened(w.xapk(SPLITS, version_code=written)).metadata.version_code is None
    assert opened(w.xapk(SPLITS, version_code=2**63 - 1)).metadata.version_code == 2**63 - 1


def test_a_table_of_contents_that_is_damaged_is_a_problem() -> None:
    bundle = opened(w.archive({"toc.pb": w.toc(("base", "a.apk"))[:-3], "a.apk": w.split()}))
    assert bundle.metadata.package == ""
    assert "toc.pb: a field of" in bundle.problems[0].what
    assert len(list(bundle.members())) == 2


@pytest.mark.parametrize("more", [0, 1])
def test_a_description_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    size = len(w.toc(*((name, f"splits/{name}.apk") for name in SPLITS)))
    monkeypatch.setattr(bundle_module, "MAX_DESCRIPTION", size - more)
    bundle = opened(FORMS["apks"])
    assert bool(bundle.problems) == bool(more)
    assert bundle.metadata.package == ("" if more else w.PACKAGE)


@pytest.mark.mutation
@pytest.mark.parametrize("form", FORMS)
def test_changed_bundles_end_in_members_or_in_something_else(form: str, mutations: int) -> None:
    choice, raw = random.Random(11), FORMS[form]
    became = set()
    for _ in range(mutations // 3):
        changed = bytearray(raw[: choice.choice([len(raw), choice.randrange(1, len(raw))])])
        for _ in range(choice.randrange(1, 6)):
            changed[choice.randrange(len(changed))] = choice.choice([0, 0x7F, 0x80, 0xFF, choice.randrange(256)])
        if not recognised(bytes(changed)):
            became.add("other")
            continue
        bundle = opened(bytes(changed))
        assert bundle.form in FORMS
        became.add("problem" if bundle.problems else "read")
    assert len(became) > 1
