"""The JAR form of signatures (scheme v1): each entry's digest, the digests' digest, and the signature over that.

Source: JAR File Specification, sections "Signed JAR File" and "Signature Validation"; AOSP
core/java/android/util/jar/StrictJarVerifier.java.
"""

import re
from collections.abc import Iterator

from assay.artefacts.signing import jar_manifest
from assay.artefacts.signing.algorithms import UNUSABLE
from assay.artefacts.signing.jar_manifest import Section
from assay.artefacts.signing.signed_message import fault, signer_info
from assay.artefacts.signing.signer import Result, Signature
from assay.artefacts.zip import ZipArchive
from assay.artefacts.zip_directory import Entry
from assay.artefacts.zip_layout import show
from assay.model.errors import Unreadable
from assay.model.limits import MIB

MAX_SIGNERS = 10
"""Most signature files that are verified."""
MAX_FILE_BYTES = 16 * MIB
"""Largest manifest, signature file or signature that is read, in bytes."""

_MANIFEST = b"META-INF/MANIFEST.MF"
_BLOCK = re.compile(rb"META-INF/([^/]+)\.(?:RSA|DSA|EC)", re.IGNORECASE)
_UNPROTECTED = re.compile(rb"META-INF/(?:MANIFEST\.MF|[^/]*\.(?:SF|RSA|DSA|EC)|SIG-[^/]*)", re.IGNORECASE)
_SCHEMES = {b"2": "v2", b"3": "v3"}


def jar_signatures(archive: ZipArchive, schemes: frozenset[str]) -> Iterator[Signature]:
    """Yield what became of each signature file; `schemes` are those that the signing block holds."""
    blocks = [entry for entry in archive.entries() if _BLOCK.fullmatch(entry.name)]
    if not blocks:
        return
    content = _Content(archive)
    for number, entry in enumerate(blocks):
        if number >= MAX_SIGNERS:
            reason = f"{len(blocks)} signatures, of which the first {MAX_SIGNERS} were verified"
            yield _signature(entry, b"", Result.NOT_EXAMINED, reason)
            return
        yield _one(archive, entry, content, schemes)


class _Content:
    """Whether the entries are those that MANIFEST.MF lists: asked for each signer, answered once."""

    def __init__(self, archive: ZipArchive) -> None:
        self._archive = archive
        self._fault: str | None = None
        self.manifest = b""
        self.sections: list[Section] = []

    def fault(self) -> str:
        """Return why the content is not what the manifest lists, empty where it is. Raises: Unreadable, ValueError."""
        if self._fault is None:
            self.manifest = _file(self._archive, _MANIFEST)
            self.sections = jar_manifest.sections(self.manifest)
            self._fault = next(self._faults(jar_manifest.by_name(self.sections)), "")
        return self._fault

    def _faults(self, listed: dict[bytes, Section]) -> Iterator[str]:
        names = set()
        for entry in self._archive.entries():
            names.add(entry.name)
            if not entry.name.endswith(b"/") and not _UNPROTECTED.fullmatch(entry.name):
                yield from self._entry_fault(entry, listed.get(entry.name))
        yield from (f"{show(name)} is listed and not there" for name in listed if name not in names)

    def _entry_fault(self, entry: Entry, section: Section | None) -> Iterator[str]:
        if section is None:
            yield f"{show(entry.name)} is not listed in the manifest"
            return
        reason = section.digest_fault("", self._archive.open(entry).view())
        if reason is None:
            yield f"{show(entry.name)} has no digest in the manifest"
        elif reason:
            yield f"{show(entry.name)}: {reason}"


def _one(archive: ZipArchive, entry: Entry, content: _Content, schemes: frozenset[str]) -> Signature:
    der = b""
    try:
        info = signer_info(_bytes(archive, entry))
        der = info.certificate
        file = _file(archive, _signature_file(archive, entry))
        reason = fault(info, file) or content.fault() or _sections_fault(file, content, schemes)
    except UNUSABLE as error:
        return _signature(entry, der, Result.NOT_EXAMINED, f"the signature cannot be read: {error}")
    except Unreadable as error:
        return _signature(entry, der, Result.NOT_EXAMINED, error.what)
    return _signature(entry, der, Result.FAILED if reason else Result.VERIFIED, reason)


def _sections_fault(file: bytes, content: _Content, schemes: frozenset[str]) -> str:
    parsed = jar_manifest.sections(file) or [Section({}, b"")]
    return _manifest_fault(parsed, content) or _stripped(parsed[0], schemes)


def _manifest_fault(parsed: list[Section], content: _Content) -> str:
    """Return why a signature file does not stand for the manifest, empty where it does."""
    main = parsed[0]
    if content.sections and main.digest_fault("-Manifest-Main-Attributes", content.sections[0].raw):
        return "the main section of the manifest differs from what was signed"
    if main.digest_fault("-Manifest", content.manifest) == "":
        return ""
    signed = jar_manifest.by_name(parsed)
    for name, section in jar_manifest.by_name(content.sections).items():
        reason = signed[name].digest_fault("", section.raw) if name in signed else None
        if reason is None or reason:
            return f"{show(name)}: its section of the manifest is not what was signed"
    return ""


def _stripped(main: Section, schemes: frozenset[str]) -> str:
    """Return which scheme the signature file says was used too and is not there, empty where all are."""
    stated = main.attributes.get("x-android-apk-signed", b"")
    named = (_SCHEMES.get(part.strip()) for part in stated.split(b","))
    gone = sorted({scheme for scheme in named if scheme} - schemes)
    return f"signed with {', '.join(gone)} too, of which there is no signature" if gone else ""


def _signature_file(archive: ZipArchive, block: Entry) -> bytes:
    stem = block.name.rpartition(b".")[0].upper()
    wanted = stem + b".SF"
    return next((entry.name for entry in archive.entries() if entry.name.upper() == wanted), wanted)


def _file(archive: ZipArchive, name: bytes) -> bytes:
    entry = archive.entry(name)
    if entry is None:
        raise Unreadable(f"{show(name)} is not there")
    return _bytes(archive, entry)


def _bytes(archive: ZipArchive, entry: Entry) -> bytes:
    if entry.size > MAX_FILE_BYTES:
        raise Unreadable(f"{show(entry.name)} declares more than {MAX_FILE_BYTES} bytes")
    return bytes(archive.open(entry).view())


def _signature(entry: Entry, der: bytes, result: Result, reason: str) -> Signature:
    place = max(entry.header, 0)
    return Signature(scheme="v1", certificate=der, result=result, reason=reason, offset=place, length=entry.packed)
