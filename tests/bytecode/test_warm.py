"""After warming up nothing is left to compile, whatever is read."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import partial

import numba
import numpy as np

import assay.bytecode
from assay.bytecode import columns
from assay.bytecode.columns import checks
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.decisions import feeds_decision
from assay.bytecode.flow.dependence import control_dependence, dominance_frontier
from assay.bytecode.flow.dominators import dominators
from assay.bytecode.flow.graph import graph_of
from assay.bytecode.flow.known_types import known_types
from assay.bytecode.flow.loops import find_loops
from assay.bytecode.flow.post_dominators import post_dominators
from assay.bytecode.flow.register_types import register_types
from assay.bytecode.flow.values import values_of
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.bytecode.shapes.features import features
from assay.bytecode.sites.scan import sites
from assay.bytecode.warm import compile_kernels
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w


def kernels() -> Iterator[tuple[str, numba.core.dispatcher.Dispatcher]]:
    for info in pkgutil.walk_packages(assay.bytecode.__path__, "assay.bytecode."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if isinstance(value, numba.core.dispatcher.Dispatcher):
                yield f"{info.name}.{name}", value


def _itself(dex: DexFile) -> DexFile:
    return dex


def test_warming_up_makes_every_form_that_a_file_needs() -> None:
    compile_kernels()
    before = {name: list(kernel.signatures) for name, kernel in kernels()}
    method = w.MethodId("LA;", "m", w.Proto("V"))
    raw = w.write([w.Class("LA;", direct=[w.Method(method, [*w.const_string(0, "x"), *w.invoke(0x71, method), 0x0E])])])
    for source in (BufferSource(raw), BufferSource(memoryview(bytearray(b"." + raw))[1:])):
        opened = DexFile(source)
        graph = graph_of(opened, [0])
        find_loops(graph.blocks, graph.edges)
        feeds_decision(graph, np.array([1]))
        dominance_frontier(graph.blocks, graph.edges, dominators(graph.blocks, graph.edges))
        control_dependence(graph.edges, post_dominators(graph.blocks, graph.edges))
        register_types(opened, graph, known_types(opened)).before(1)
        values_of(opened, graph)
        sites(opened)
        opened.find_string(b"x")
        _ = opened.tries, opened.hidden_api, opened.read_annotation_uses()
        built = columns.build(opened)
        checks.broken(built)
        features(opened, built)
        program = Program([Part(sha256=built.dex_sha256, name="", columns=built, dex=partial(_itself, opened))])
        _ = program.resolved_fields, program.callbacks, program.calls.bottom_up, program.callers(0)
    assert {name: list(kernel.signatures) for name, kernel in kernels()} == before
    assert len(before) >= 8


def test_kernels_check_bounds_and_call_only_kernels_of_their_own_file() -> None:
    for name, kernel in kernels():
        assert kernel.targetoptions["boundscheck"] is True, name
        named = [kernel.py_func.__globals__.get(each) for each in kernel.py_func.__code__.co_names]
        called = {each.py_func.__module__ for each in named if each is not None and hasattr(each, "py_func")}
        assert called <= {kernel.py_func.__module__}, name
