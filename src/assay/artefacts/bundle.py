"""Bundles: archives that hold an app as several packages, or as the parts that packages are made of.

Which form an archive has is read off its directory and the file that describes it, never off its name.
Source: see `bundle_metadata`; PKWARE APPNOTE 6.3.10 for the archive.
"""

import re
from collections.abc import Callable, Mapping

from assay.artefacts import bundle_metadata
from assay.artefacts.bundle_metadata import Metadata
from assay.artefacts.zip import ZipArchive, is_zip
from assay.artefacts.zip_directory import find_end, records
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.source import ByteSource
from assay.registry import reader

MAX_DESCRIPTION = 16 * MIB
"""Largest file that describes a bundle, in bytes."""
FORMS: Mapping[str, tuple[bytes, Callable[[ByteSource], Metadata]]] = {
    "aab": (b"BundleConfig.pb", bundle_metadata.of_bundle_config),
    "apks": (b"toc.pb", bundle_metadata.of_toc),
    "xapk": (b"manifest.json", bundle_metadata.of_xapk),
    "apkm": (b"info.json", bundle_metadata.of_apkm),
    "harmony": (b"module.json", bundle_metadata.of_harmony),
    "harmony-fa": (b"config.json", bundle_metadata.of_harmony),
    "harmony-app": (b"pack.info", bundle_metadata.of_harmony),
}
"""The entry that describes a bundle of each form, and what reads it."""

_MARKS = re.compile(rb"BundleConfig\.pb|toc\.pb|manifest\.json|info\.json|module\.json|config\.json|pack\.info")
_MODULE = re.compile(rb"([^/]+)/manifest/AndroidManifest\.xml")
_PACKAGE = re.compile(rb".+\.(?:apk|hap|hsp)")
_HARMONY_CODE = re.compile(rb"(?:ets|js)/.*\.abc|.*\.(?:hap|hsp)|ets/.*|libs/.*|assets/.*\.js")
_STATED = {
    "xapk": (b'"xapk_version"', b'"split_apks"'),
    "apkm": (b'"apkm_version"', b'"pname"'),
    "harmony": (b'"bundleName"',),
    "harmony-fa": (b'"bundleName"',),
    "harmony-app": (b'"bundleName"',),
}


class Bundle(ZipArchive):
    """A bundle; `form` is one of FORMS. `metadata` is empty where it cannot be read; then a problem says so."""

    def __init__(self, source: ByteSource) -> None:
        """Read the directory and tell the form. Raises: Unreadable."""
        super().__init__(source)
        self.form = form_of(self)
        if not self.form:
            raise Unreadable("the archive is no bundle of a known form")
        if self.form == "aab":
            cost = "name, version and components of the app are not known from this file"
            what = "the manifests of a bundle are protocol buffers, which are not read"
            self._log.add(None, what, "its code and files were examined", cost)
        self.metadata = self._read_metadata()

    def _read_metadata(self) -> Metadata:
        name, read = FORMS[self.form]
        try:
            return read(_description(self, name))
        except Unreadable as error:
            self._log.add(None, f"{name.decode()}: {error.what}", "read without it", "what is missing is not known")
            return Metadata()

    @property
    def modules(self) -> tuple[bytes, ...]:
        """The modules of an Android App Bundle, sorted; of other forms none."""
        found = (_MODULE.fullmatch(entry.name) for entry in self.entries())
        return tuple(sorted({match[1] for match in found if match is not None})) if self.form == "aab" else ()

    @property
    def packages(self) -> tuple[bytes, ...]:
        """Names of entries that are called as packages are, in the order of the directory."""
        return tuple(entry.name for entry in self.entries() if _PACKAGE.fullmatch(entry.name))


def _description(archive: ZipArchive, name: bytes) -> ByteSource:
    entry = archive.entry(name)
    if entry is None:
        raise Unreadable("there is no such entry")
    if entry.size > MAX_DESCRIPTION:
        raise Unreadable(f"{entry.size} bytes are more than the {MAX_DESCRIPTION} that are read")
    return archive.open(entry)


def form_of(archive: ZipArchive) -> str:
    """Return the form of a bundle, empty where the archive is none."""
    return next((form for form in FORMS if _has_form(archive, form)), "")


def _has_form(archive: ZipArchive, form: str) -> bool:
    if archive.entry(FORMS[form][0]) is None or not _fits(archive, form):
        return False
    return form not in _STATED or _states(archive, FORMS[form][0], _STATED[form])


def _fits(archive: ZipArchive, form: str) -> bool:
    """Say whether the directory names what a form is made of."""
    if form == "aab":
        return any(_MODULE.fullmatch(entry.name) for entry in archive.entries())
    if form == "apks":
        return any(_PACKAGE.fullmatch(entry.name) for entry in archive.entries()) or _lists_packages(archive)
    if form.startswith("harmony"):
        return any(_HARMONY_CODE.fullmatch(entry.name) for entry in archive.entries())
    return True


def _lists_packages(archive: ZipArchive) -> bool:
    try:
        return bool(bundle_metadata.of_toc(_description(archive, FORMS["apks"][0])).apks)
    except Unreadable:
        return False


def _states(archive: ZipArchive, name: bytes, keys: tuple[bytes, ...]) -> bool:
    try:
        raw = bytes(_description(archive, name).view())
    except Unreadable:
        return False
    return any(key in raw for key in keys)


def _is_bundle(source: ByteSource) -> bool:
    """Say whether the directory names a file that describes a bundle, and the bundle is one."""
    if not is_zip(source):
        return False
    view = source.view()
    end, _ = find_end(view)
    if end is None or _MARKS.search(view[end.start : end.offset]) is None:
        return False
    described = {name for name, _ in FORMS.values()}
    return any(entry.name in described for entry in records(view, end)) and form_of(ZipArchive(source)) != ""


@reader(
    kind="bundle",
    gives=Bundle,
    recognise=_is_bundle,
    rank=93,
    step="zip",
    blind_to=(
        "manifests and resources in protobuf form (Android App Bundle)",
        "which of its packages a handset would install",
        "expansion files in formats of a game's own",
        "code of HarmonyOS packages (Ark bytecode)",
        "encrypted bundles",
        "XAPK and APKM as their tools write them: the reader was held against files built from what is known of them",
    ),
    source="bundletool commands.proto and config.proto; PKWARE APPNOTE 6.3.10; XAPK and APKM unverified",
)
def open_bundle(source: ByteSource) -> Bundle:
    """Open a bundle. Raises: Unreadable."""
    return Bundle(source)
