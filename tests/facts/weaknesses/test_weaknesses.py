"""The analyser on the specimens, whose sources say what they do, and on apps of written classes."""

from assay.facts.weaknesses.weaknesses import SEARCHES, weaknesses
from assay.model.coverage import NotFollowed
from assay.vocabulary.comparisons import WEAKNESSES, Weakness
from tests.applications.apps import specimen
from tests.bytecode.program import kin as k
from tests.facts.weaknesses.apps import app
from tests.facts.weaknesses.test_transport import trusting


def rows(name: str) -> list[Weakness]:
    return [each.row for each in weaknesses(specimen(name)) if isinstance(each.row, Weakness)]


def test_the_notes_fetch_their_list_in_the_open_and_store_it() -> None:
    found = {(each.kind, each.subject, each.detail.partition(";")[0], each.reached) for each in rows("notes-g1")}
    address = "http://cfg.example.test/guard?v="
    for kind in ("cleartext-download", "unsigned-download"):
        assert (kind, address, "stored as file:guard.json", "yes") in found
    assert {kind for kind, *_ in found} == {"cleartext-download", "unsigned-download"}


def test_the_advertisements_fetch_theirs_encrypted() -> None:
    assert {each.kind for each in rows("ads")} == {"unsigned-download"}


def test_telemetry_sends_for_strangers() -> None:
    found = rows("telemetry")
    assert {each.kind for each in found} == {"exported-component-acts"}
    assert {each.subject.rpartition(".")[2] for each in found} == {"EventProvider", "UploadService"}


def test_apps_in_which_nothing_is_seen() -> None:
    assert [rows(name) for name in ("clock", "carrier", "dialer")] == [[], [], []]


def test_a_row_stands_in_the_dex_file_and_says_where() -> None:
    opened = app([trusting([])])
    (found,) = weaknesses(opened)
    assert found.artefact == opened.code.parts[0].sha256
    assert found.row == Weakness(
        place="method:LTrust;->checkServerTrusted([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V+0x0",
        package="org.example.app", kind="trusts-any-certificate", subject="LTrust;", detail="nothing refuses",
        reached="unknown",
    )  # fmt: skip


def test_an_app_without_code_has_no_rows() -> None:
    assert list(weaknesses(app([k.kin("LA;")]))) == []


def test_every_kind_is_of_the_closed_list() -> None:
    kinds = {each.kind for name in ("notes-g1", "ads", "telemetry") for each in rows(name)}
    assert kinds <= set(WEAKNESSES)
    assert len(SEARCHES) == 8
    assert not any(isinstance(each.row, NotFollowed) for each in weaknesses(specimen("notes-g1")))
