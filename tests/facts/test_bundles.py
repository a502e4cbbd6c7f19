from assay.artefacts.bundle import open_bundle
from assay.facts.bundles import find_bundles
from assay.model.source import BufferSource
from assay.vocabulary.containers import AppBundle
from tests.artefacts import bundle_writer as w
from tests.artefacts import compiled_writer as c

SPLITS = {"base-master": w.split(), "base-lt": w.split("config.lt")}


def found(raw: bytes) -> AppBundle:
    (bundle,) = find_bundles(open_bundle(BufferSource(raw)))
    return bundle


def test_a_set_of_packages_says_what_it_is_made_of() -> None:
    bundle = found(w.apks(SPLITS))
    assert (bundle.form, bundle.package, bundle.tool) == ("apks", w.PACKAGE, "bundletool 1.15.6")
    assert bundle.splits == ("base-master=splits/base-master.apk", "base-lt=splits/base-lt.apk")
    assert (bundle.absent, bundle.unstated) == ((), ())


def test_what_is_stated_and_absent_and_what_is_there_and_not_stated_are_told_apart() -> None:
    listed = [("base-master", "splits/base-master.apk"), ("base-de", "splits/base-de.apk")]
    bundle = found(w.apks(SPLITS, listed))
    assert (bundle.absent, bundle.unstated) == (("splits/base-de.apk",), ("splits/base-lt.apk",))


def test_a_bundle_without_a_list_leaves_nothing_unstated() -> None:
    bundle = found(w.apkm(SPLITS))
    assert (bundle.form, bundle.version_code, bundle.splits, bundle.unstated) == ("apkm", 7, (), ())


def test_expansion_files_are_named() -> None:
    bundle = found(w.xapk(SPLITS))
    assert (bundle.expansions, bundle.absent) == (("Android/obb/org.example.notes/main.7.obb",), ())


def test_modules_of_an_app_bundle_are_named() -> None:
    assert found(w.aab(c.dex(), "base", "extra")).modules == ("base", "extra")


def test_modules_of_a_harmony_app_are_stated_without_their_ending() -> None:
    bundle = found(w.hap("pack.info"))
    assert (bundle.form, bundle.splits, bundle.absent) == ("harmony-app", ("entry=entry-default",), ())
