"""Facts of code: what was indexed, and the candidates where text meets a list."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class CodeIndex(Fact, frozen=True, kw_only=True):
    """The code index of one DEX file; the columns themselves are pinned by `index_sha256`."""

    version: Annotated[str, Column("DEX format version, e.g. 039")]
    strings: Annotated[int, Column("string ids", "rows")]
    types: Annotated[int, Column("type ids", "rows")]
    fields: Annotated[int, Column("field ids", "rows")]
    methods: Annotated[int, Column("method ids", "rows")]
    classes: Annotated[int, Column("class definitions", "rows")]
    bodies: Annotated[int, Column("methods with code", "rows")]
    instructions: Annotated[int, Column("instructions decoded, payloads not counted", "instructions")]
    calls: Annotated[int, Column("invoke instructions", "rows")]
    string_uses: Annotated[int, Column("const-string instructions", "rows")]
    field_uses: Annotated[int, Column("iget/iput/sget/sput instructions", "rows")]
    type_uses: Annotated[int, Column("instructions that name a type", "rows")]
    caught_types: Annotated[int, Column("types that exception handlers name, each once a method", "rows")]
    annotation_uses: Annotated[int, Column("types, strings, fields and methods that annotations name", "rows")]
    hidden_members: Annotated[int, Column("fields and methods that the platform keeps from applications", "rows")]
    index_sha256: Annotated[str, Column("sha256 over the index arrays in their stated order")]


class MatchSite(Fact, frozen=True, kw_only=True):
    """A place where text is compared, as a candidate: what is compared with what is a later question."""

    class_name: Annotated[str, Column("class descriptor of the calling method")]
    method: Annotated[str, Column("name and prototype of the calling method")]
    code_offset: Annotated[int, Column("offset of the call in the method's code", "16-bit code units")]
    api: Annotated[
        str, Column("called method, e.g. java.lang.String.contains; of SQL and hand-written ones the operator")
    ]
    family: Annotated[
        str,
        Column(
            "by what is called: substring, whole, prefix, regex, collection, text-utils, sql, stream, digest, replace, "
            "native; by the structure of the code: characters, trie, automaton, hashes, switch"
        ),
    ]
    operator: Annotated[str, Column("what is asked, e.g. contains, equals-ignore-case, contains-member, trie-step")]
    in_loop: Annotated[bool, Column("the call lies in a loop of the method's control flow graph")]
    branches: Annotated[bool, Column("the result reaches a conditional branch, a switch or a return of the method")]
    text_typed: Annotated[str, Column("whether what is compared is text by its types: yes or unknown")]
    followed: Annotated[bool, Column("a list can take part by the structure of the method: worth following")]
    left_out: Annotated[str | None, Column("why it is not followed, nothing where it is")]
