"""The idioms of specimen applications: every way of writing that the benchmark composes, by kind."""

import importlib
import pkgutil

from benchmarks.gatebench.fragments import Idiom


def _all() -> tuple[Idiom, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(idiom for module in modules for idiom in getattr(module, "IDIOMS", ()))


IDIOMS: tuple[Idiom, ...] = _all()
