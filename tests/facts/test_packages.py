import pytest

from assay.artefacts.apk import open_apk
from assay.facts.packages import find_packages
from assay.model.coverage import NotFollowed
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.vocabulary.packages import Package
from tests.artefacts import applications as a
from tests.artefacts import resource_writer as r
from tests.artefacts import zip_writer as z


def found(data: bytes) -> list[Package | Problem | NotFollowed]:
    return list(find_packages(open_apk(BufferSource(data))))


def test_a_package_says_what_its_manifest_says() -> None:
    root = a.manifest(
        a.sdk(30, 26),
        a.node("application", label="Example", debuggable=a.TRUE, usesCleartextTraffic=a.TRUE, allowBackup=a.FALSE),
        versionCode=a.integer(3), versionName="0.3", sharedUserId="org.example.shared",
    )  # fmt: skip
    (package,) = found(a.apk(root))
    assert isinstance(package, Package)
    assert package.place.startswith("manifest:0x")
    assert (package.package, package.version_name, package.version_code) == ("org.example.app", "0.3", 3)
    assert (package.label, package.shared_uid, package.split) == ("Example", "org.example.shared", "")
    assert (package.min_sdk, package.target_sdk, package.dex_files) == (26, 30, 1)
    assert (package.debuggable, package.cleartext, package.backup) == (True, True, False)


def test_what_is_not_stated_is_null_and_not_false() -> None:
    (package,) = found(a.apk(a.manifest()))
    assert isinstance(package, Package)
    assert (package.min_sdk, package.target_sdk, package.cleartext, package.backup) == (None, None, None, None)


def test_a_split_says_what_it_configures_and_what_it_needs() -> None:
    root = a.manifest(
        a.node("uses-split", name="extra"), a.node("uses-split", name="base2"), a.node("uses-split", name="extra"),
        split="config.lt", isFeatureSplit=a.TRUE,
    )  # fmt: skip
    root.attributes.append(r.Attribute("configForSplit", "extra"))
    (package,) = found(a.apk(root))
    assert isinstance(package, Package)
    assert (package.split, package.config_for_split, package.feature_split) == ("config.lt", "extra", True)
    assert package.uses_splits == ("base2", "extra")


def test_a_base_is_no_split_of_anything() -> None:
    (package,) = found(a.apk(a.manifest()))
    assert isinstance(package, Package)
    assert (package.config_for_split, package.feature_split, package.uses_splits) == ("", False, ())


def test_references_that_lead_outside_are_counted() -> None:
    missed, package = found(a.apk(a.manifest(a.node("application", label=a.reference(0x01040000)))))
    assert isinstance(missed, NotFollowed)
    assert missed.count == 1
    assert isinstance(package, Package)
    assert package.label == ""


def test_what_is_wrong_with_a_manifest_comes_with_the_package() -> None:
    problem, package = found(z.archive(z.Item(b"AndroidManifest.xml", r.xml(a.manifest(), kind=0))))
    assert isinstance(problem, Problem)
    assert "AndroidManifest.xml" in problem.what
    assert isinstance(package, Package)


def test_a_manifest_that_cannot_be_read_is_not_an_empty_one() -> None:
    with pytest.raises(Unreadable):
        found(z.archive(z.Item(b"AndroidManifest.xml", b"text")))
