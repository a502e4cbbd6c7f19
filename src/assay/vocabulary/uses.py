"""Facts of an app as a whole: where its code is entered, and where it loads resources and files."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class EntryPoint(Fact, frozen=True, kw_only=True):
    """A class of an app that the system calls because the manifest names it."""

    package: Annotated[str, Column("package name")]
    role: Annotated[str, Column("activity, service, receiver, provider, application, backup-agent, …")]
    class_name: Annotated[str, Column("class descriptor that the manifest names")]
    defined: Annotated[bool, Column("the class is defined in the code of the app")]
    base: Annotated[str, Column("nearest class outside the app that it extends; empty where that is not known")]
    callbacks: Annotated[
        tuple[str, ...], Column("name and prototype of its methods, inherited ones too, that can override it, sorted")
    ]
    exported: Annotated[bool, Column("other apps can call it, stated or implied")]
    actions: Annotated[tuple[str, ...], Column("actions of its intent filters, sorted")]


class PlatformCallback(Fact, frozen=True, kw_only=True):
    """A type outside an app whose methods the app's classes can override, and how often they do."""

    package: Annotated[str, Column("package name")]
    type_name: Annotated[str, Column("descriptor of the type, class or interface, that the app does not define")]
    classes: Annotated[int, Column("classes of the app below it, directly or not", "classes")]
    methods: Annotated[int, Column("methods of those classes that can override one of it", "methods")]


class ResourceUse(Fact, frozen=True, kw_only=True):
    """An instruction that loads the id of a resource of its app."""

    package: Annotated[str, Column("package name")]
    resource_id: Annotated[int, Column("0xPPTTEEEE: package, type, entry")]
    name: Annotated[str, Column("type and name, e.g. array/words")]
    configurations: Annotated[tuple[str, ...], Column("qualifiers of the configurations that have a value, sorted")]
    files: Annotated[tuple[str, ...], Column("files of the archive that the values name, sorted")]
    class_name: Annotated[str, Column("class descriptor of the loading method")]
    method: Annotated[str, Column("name and prototype of the loading method")]
    code_offset: Annotated[int, Column("offset of the instruction in the method's code", "16-bit code units")]
    how: Annotated[str, Column("constant, field (of an R class) or name (handed to getIdentifier)")]
    call: Annotated[str, Column("method that the id is handed to next; empty where that is not seen")]


class AssetUse(Fact, frozen=True, kw_only=True):
    """An instruction that loads a string which names a file of the archives of its app."""

    package: Annotated[str, Column("package name")]
    file: Annotated[str, Column("name of the file in its archive")]
    archive: Annotated[str, Column("sha256 of the archive that holds it")]
    written: Annotated[str, Column("the string as it stands in the code")]
    class_name: Annotated[str, Column("class descriptor of the loading method")]
    method: Annotated[str, Column("name and prototype of the loading method")]
    code_offset: Annotated[int, Column("offset of the instruction in the method's code", "16-bit code units")]
    call: Annotated[str, Column("method that the string is handed to next; empty where that is not seen")]
