"""The decorators by which a file becomes part of the bench."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from assay.model.source import ByteSource
from assay.registry.bench import BENCH
from assay.registry.specs import (
    AnalyserSpec,
    DecoderSpec,
    In,
    JoinerSpec,
    ReaderSpec,
    ReporterSpec,
    Yielded,
)

OpenFunction = TypeVar("OpenFunction", bound=Callable[[ByteSource], Any])
RowFunction = TypeVar("RowFunction", bound=Callable[..., Iterator[Yielded] | Iterator[In]])
JoinFunction = TypeVar("JoinFunction", bound=Callable[..., Iterator[tuple[str, Yielded]]])
DecodeFunction = TypeVar("DecodeFunction", bound=Callable[[bytes], bytes | None])
ReportFunction = TypeVar("ReportFunction", bound=Callable[..., Mapping[str, bytes]])

Types = type | tuple[type, ...]


def reader(
    *,
    kind: str,
    gives: type,
    recognise: Callable[[ByteSource], bool],
    blind_to: tuple[str, ...],
    source: str,
    rank: int = 50,
    step: str = "",
    version: int = 1,
) -> Callable[[OpenFunction], OpenFunction]:
    """Register the function that opens a format.

    `source` names the specification and section. `step` is a container's name in locators, `kind` where not given.
    `rank`: 90 and above for exact magic numbers that refine another format (APK before ZIP), 50 for magic numbers,
    10 and below for guesses (text).
    """

    def register(function: OpenFunction) -> OpenFunction:
        BENCH.add_reader(
            ReaderSpec(
                kind=kind,
                step=step or kind,
                version=version,
                gives=gives,
                rank=rank,
                recognise=recognise,
                open=function,
                blind_to=blind_to,
                source=source,
                module=function.__module__,
            )
        )
        return function

    return register


def analyser(
    *,
    question: str,
    reads: Types,
    emits: Types,
    blind_to: tuple[str, ...],
    needs: tuple[str, ...] = (),
    version: int = 1,
) -> Callable[[RowFunction], RowFunction]:
    """Register an analyser; its name is the function's name.

    It gets the document, and for each name in `needs` a keyword argument of that name (`planted`, …).
    It applies to every artefact whose reader gives one of `reads` or a subclass.
    """

    def register(function: RowFunction) -> RowFunction:
        BENCH.add_analyser(
            AnalyserSpec(
                name=function.__name__,
                version=version,
                question=question,
                reads=_types(reads),
                emits=_types(emits),
                needs=needs,
                blind_to=blind_to,
                run=function,
                module=function.__module__,
            )
        )
        return function

    return register


def joiner(
    *,
    question: str,
    reads: Types,
    emits: Types,
    blind_to: tuple[str, ...],
    needs: tuple[str, ...] = (),
    version: int = 1,
) -> Callable[[JoinFunction], JoinFunction]:
    """Register a joiner; it gets `FactTables` and a keyword argument for each name in `needs`.

    Joiners run after all analysers, ordered so that one that reads a table runs after those that emit it.
    """

    def register(function: JoinFunction) -> JoinFunction:
        BENCH.add_joiner(
            JoinerSpec(
                name=function.__name__,
                version=version,
                question=question,
                reads=_types(reads),
                emits=_types(emits),
                needs=needs,
                blind_to=blind_to,
                run=function,
                module=function.__module__,
            )
        )
        return function

    return register


def decoder(
    *,
    name: str,
    one_liner: str,
    blind_to: tuple[str, ...],
    source: str,
    encode: Callable[[bytes], bytes] | None = None,
    version: int = 1,
) -> Callable[[DecodeFunction], DecodeFunction]:
    """Register the function that undoes a wrapping; `one_liner` is the same from standard input in a POSIX shell."""

    def register(function: DecodeFunction) -> DecodeFunction:
        BENCH.add_decoder(
            DecoderSpec(
                name=name,
                version=version,
                decode=function,
                encode=encode,
                one_liner=one_liner,
                blind_to=blind_to,
                source=source,
                module=function.__module__,
            )
        )
        return function

    return register


def reporter(
    *, name: str, describes: str, blind_to: tuple[str, ...], version: int = 1
) -> Callable[[ReportFunction], ReportFunction]:
    """Register an output."""

    def register(function: ReportFunction) -> ReportFunction:
        BENCH.add_reporter(
            ReporterSpec(
                name=name,
                version=version,
                describes=describes,
                run=function,
                blind_to=blind_to,
                module=function.__module__,
            )
        )
        return function

    return register


def _types(given: Types) -> tuple[type, ...]:
    return given if isinstance(given, tuple) else (given,)
