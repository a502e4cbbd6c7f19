"""Facts of where code lies: bundles of packages, compiled files and the DEX files they stand for, foreign code."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class AppBundle(Fact, frozen=True, kw_only=True):
    """A bundle that holds an app as several packages or modules, as it describes itself."""

    form: Annotated[str, Column("apks, xapk, apkm, aab, harmony, harmony-fa or harmony-app")]
    package: Annotated[str, Column("package name as stated; empty where not stated")]
    version_name: Annotated[str, Column("name of the version as stated; empty where not stated")]
    version_code: Annotated[int | None, Column("number of the version as stated; null where not stated")]
    tool: Annotated[str, Column("what made the bundle, with its version, as stated; empty where not stated")]
    splits: Annotated[tuple[str, ...], Column("packages as stated: name, an equals sign, entry; in the stated order")]
    absent: Annotated[tuple[str, ...], Column("stated packages and expansion files that are no entries, sorted")]
    unstated: Annotated[tuple[str, ...], Column("entries called as packages that are not stated, sorted")]
    expansions: Annotated[tuple[str, ...], Column("entries of expansion files as stated, in the stated order")]
    modules: Annotated[tuple[str, ...], Column("modules of an Android App Bundle, sorted")]


class CompiledFile(Fact, frozen=True, kw_only=True):
    """A file that Android made of DEX files: machine code, or what was found out about them."""

    form: Annotated[str, Column("vdex, oat or odex")]
    version: Annotated[str, Column("version of the format, e.g. 027")]
    instruction_set: Annotated[str, Column("what the machine code is for; empty where there is none")]
    compiler_filter: Annotated[str, Column("how much was compiled, e.g. speed-profile; empty where not stated")]
    class_path: Annotated[str, Column("class path and boot class path as stated; empty where not stated")]
    command_line: Annotated[str, Column("command line of the compiler; empty where not stated")]
    stated_dex_files: Annotated[int, Column("DEX files that the header states", "files")]
    dex_files_inside: Annotated[int, Column("DEX files that lie in the file; 0: their code lies elsewhere", "files")]
    not_examined: Annotated[tuple[str, ...], Column("parts that are not examined, with their length in bytes")]


class DexReference(Fact, frozen=True, kw_only=True):
    """A DEX file that a compiled file stands for, whether it lies in it or not."""

    number: Annotated[int, Column("position among the DEX files of the compiled file, from 0", "position")]
    location: Annotated[str, Column("path on the handset as stated; empty where not stated")]
    checksum: Annotated[str, Column("checksum before it was compiled, 8 hex digits; empty where not stated")]
    lies: Annotated[str, Column("where its bytes lie: in this file, or elsewhere, in words")]
    member: Annotated[str, Column("name of the member that holds its bytes; empty where they lie elsewhere")]


class ForeignCode(Fact, frozen=True, kw_only=True):
    """Code in a format that is known by name and is not examined: silence about it means nothing."""

    form: Annotated[str, Column("name of the format, e.g. ark-bytecode")]
    version: Annotated[str, Column("version of the format as stated; empty where not stated")]
    states: Annotated[str, Column("what its header states besides; empty where nothing is read of it")]
    reason: Annotated[str, Column("what it is and why it is not examined")]
