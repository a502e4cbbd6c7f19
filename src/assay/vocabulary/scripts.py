"""Facts of scripts that software carries, as source or as bytecode."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class ScriptBundle(Fact, frozen=True, kw_only=True):
    """A program in a scripting language; its strings are read by other analysers at their places."""

    language: Annotated[str, Column("JavaScript or Lua")]
    version: Annotated[str, Column("source, or the form of the bytecode with its version, e.g. Hermes 96")]
    strings: Annotated[int, Column("strings that the program holds, templates in parts", "strings")]
    string_bytes: Annotated[int, Column("bytes of these strings as they stand in the file", "bytes")]
    functions: Annotated[int | None, Column("functions defined; null where they were not counted", "functions")]
