"""A file dropped in a folder becomes part of the bench: readers, analysers, joiners, decoders, reporters.

Importing a module registers what it declares. `load` imports every module of the given packages, in sorted order.
"""

from assay.registry.bench import BENCH, Bench, load
from assay.registry.declare import analyser, decoder, joiner, reader, reporter
from assay.registry.specs import (
    AnalyserSpec,
    Container,
    DecoderSpec,
    Document,
    FactTables,
    In,
    JoinerSpec,
    Member,
    Parameter,
    ReaderSpec,
    ReporterSpec,
    Unexamined,
    Yielded,
)

__all__ = [
    "BENCH",
    "AnalyserSpec",
    "Bench",
    "Container",
    "DecoderSpec",
    "Document",
    "FactTables",
    "In",
    "JoinerSpec",
    "Member",
    "Parameter",
    "ReaderSpec",
    "ReporterSpec",
    "Unexamined",
    "Yielded",
    "analyser",
    "decoder",
    "joiner",
    "load",
    "reader",
    "reporter",
]
