"""Facts of native libraries: what they are, and where Java enters them."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class NativeLibrary(Fact, frozen=True, kw_only=True):
    """An ELF file: a native library, a program, or an object of the linker."""

    abi: Annotated[str, Column("Android's name of the machine, armeabi for any 32-bit ARM; empty where it has none")]
    machine: Annotated[str, Column("machine, e.g. AArch64; its number where it is not known here")]
    bits: Annotated[int, Column("width of an address", "bits")]
    kind: Annotated[str, Column("shared object, executable, relocatable or core; the number where it is another")]
    soname: Annotated[str, Column("name it gives itself (DT_SONAME); empty where it gives none")]
    needed: Annotated[tuple[str, ...], Column("libraries it links to (DT_NEEDED), in order")]
    build_id: Annotated[str, Column("build id written by the linker, hexadecimal; empty where there is none")]
    stripped: Annotated[str, Column("what was stripped: section headers, symbol table; empty where nothing was")]
    imports: Annotated[int, Column("dynamic symbols that other libraries define", "symbols")]
    exports: Annotated[int, Column("dynamic symbols that other libraries can link to", "symbols")]
    jni_exports: Annotated[int, Column("exported names of native methods (Java_…)", "symbols")]
    jni_registrations: Annotated[int, Column("rows of tables that bind native methods", "rows")]
    jni_on_load: Annotated[bool, Column("exports JNI_OnLoad, which may bind native methods when it is loaded")]
    strings: Annotated[int, Column("strings of at least four characters in constant data", "strings")]
    string_bytes: Annotated[int, Column("bytes of these strings", "bytes")]
    names_libraries: Annotated[tuple[str, ...], Column("strings that are names of shared objects (….so), sorted")]


class NativeEntry(Fact, frozen=True, kw_only=True):
    """A function by which Java code enters a native library."""

    how: Annotated[str, Column("exported-name or registration-table")]
    symbol: Annotated[str, Column("exported name; empty for a row of a table")]
    offset: Annotated[int | None, Column("first byte of the function in the file; null where outside", "bytes")]
    class_name: Annotated[str | None, Column("class descriptor; null where the library does not state it")]
    method: Annotated[str, Column("name of the Java method")]
    prototype: Annotated[str | None, Column("(parameters)return, without return from a name; null where not stated")]
    library: Annotated[str, Column("DT_SONAME of the library; empty where it gives none")]


class JniBoundary(Fact, frozen=True, kw_only=True):
    """A native method of an app, and a function of its libraries that it may enter: where reading the code ends."""

    package: Annotated[str, Column("package name")]
    class_name: Annotated[str, Column("class descriptor")]
    method: Annotated[str, Column("name and prototype of the native method")]
    how: Annotated[str, Column("exported-name, registration-table, or not found: in no library of this app")]
    library: Annotated[
        str, Column("base or split, and entry, e.g. base!zip:lib/arm64-v8a/libx.so; empty where not found")
    ]
    library_sha256: Annotated[str, Column("sha256 of the library; empty where not found")]
    abi: Annotated[str, Column("Android's name of the library's machine; empty where not found")]
    symbol: Annotated[str, Column("exported name; empty otherwise")]
    offset: Annotated[int | None, Column("first byte of the function in the library; null where not known", "bytes")]
    namesakes: Annotated[int, Column("native methods of the app of this name and prototype, with this one", "methods")]
