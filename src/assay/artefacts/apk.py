"""Application packages: a ZIP archive with a binary manifest, compiled resources and DEX files.

Source: AOSP frameworks/base, libs/androidfw and core/java/android/content/pm.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar

from assay.artefacts.apk_manifest import Manifest, manifest
from assay.artefacts.arsc import ResourceTable, StringArray
from assay.artefacts.axml import BinaryXml
from assay.artefacts.resource_value import Value
from assay.artefacts.zip import ZipArchive, is_zip
from assay.artefacts.zip_directory import find_end, records
from assay.model import text
from assay.model.errors import Unreadable
from assay.model.source import ByteSource
from assay.registry import reader

MANIFEST = b"AndroidManifest.xml"
RESOURCES = b"resources.arsc"
_DEX = re.compile(rb"classes(?:[2-9]|[1-9][0-9]+)?\.dex")


class Apk(ZipArchive):
    """An application package; `problems` are those of the archive, its parts keep their own."""

    unknown_methods_are_stored: ClassVar[bool] = True

    @cached_property
    def manifest_xml(self) -> BinaryXml:
        """The manifest as a tree. Raises: Unreadable."""
        source = self.read(MANIFEST)
        if source is None:
            raise Unreadable("there is no AndroidManifest.xml", "nothing of the package's manifest was examined")
        return BinaryXml(source)

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest, typed, with references resolved in the default configuration. Raises: Unreadable."""
        return manifest(self.manifest_xml.root, self.resolve)

    @cached_property
    def resources(self) -> ResourceTable | None:
        """The resource table, None where there is none or where nothing of it can be read (then a problem says so)."""
        try:
            source = self.read(RESOURCES)
            return None if source is None else ResourceTable(source)
        except Unreadable as error:
            self._log.add(None, f"resources.arsc: {error.what}", "read without resources", error.cost)
            return None

    def resolve(self, value: Value) -> Value | None:
        """Return what a value refers to in the default configuration, None where that is not in this package."""
        return None if self.resources is None else self.resources.resolve(value)

    def string_arrays(self) -> Iterator[StringArray]:
        """Yield every string array in every configuration, in the order of the table."""
        if self.resources is not None:
            yield from self.resources.string_arrays()

    def resource_strings(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield (resource id, name, configuration, text) of every string in every configuration."""
        if self.resources is not None:
            yield from self.resources.strings()

    @property
    def dex_names(self) -> tuple[bytes, ...]:
        """Names of the classesN.dex in the archive, in the order of the directory."""
        return tuple(entry.name for entry in self.entries() if _DEX.fullmatch(entry.name))

    @cached_property
    def network_security_config(self) -> BinaryXml | None:
        """The network security configuration that the manifest names, None where it names none. Raises: Unreadable."""
        path = self.manifest.application.network_security_config
        if path is None:
            return None
        source = self.read(text.to_bytes(path)) if path else None
        if source is None:
            raise Unreadable("the network security configuration that the manifest names is not in the archive")
        return BinaryXml(source)


def is_apk(source: ByteSource) -> bool:
    """Say whether the bytes are a ZIP archive whose directory names an AndroidManifest.xml."""
    if not is_zip(source):
        return False
    view = source.view()
    end, _ = find_end(view)
    return end is not None and any(entry.name == MANIFEST for entry in records(view, end))


@reader(
    kind="apk",
    gives=Apk,
    recognise=is_apk,
    rank=95,
    step="zip",
    blind_to=(
        "resources and code in split packages that are not in this file",
        "values of the manifest that lie in the resources of the system or of another package",
        "a package that is cut off before its central directory: it is read as a plain archive",
    ),
    source="AOSP core/java/android/content/pm/PackageParser.java; PKWARE APPNOTE 6.3.10",
)
def open_apk(source: ByteSource) -> Apk:
    """Open an application package. Raises: Unreadable."""
    return Apk(source)
