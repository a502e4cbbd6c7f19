"""One way of getting from one place of the code to another, made into plumbing for decisions and for starts."""

import re
from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.writing import Template

RUN = re.compile(r"@run\((.*?)\|(.*?)\)@(?!\w)")
Elements = tuple[str, ...]


def decide(
    name: str,
    sources: Mapping[str, str],
    use: str,
    *,
    held_back: bool = False,
    manifest: Elements = (),
    libraries: Elements = (),
) -> Idiom:
    """Return the plumbing in which `run(context|text)` is the decision."""
    made = {key: RUN.sub(r"@decide(\1|\2)@", text) for key, text in sources.items()}
    line = RUN.sub(r"@decide(\1|\2)@", use)
    template = Template(sources=made, use=line, manifest=manifest, libraries=libraries)
    return Idiom("plumbing", name, template, held_back=held_back, carries="decide")


def start(
    name: str,
    sources: Mapping[str, str],
    use: str,
    *,
    held_back: bool = False,
    manifest: Elements = (),
    libraries: Elements = (),
) -> Idiom:
    """Return the plumbing in which `run(context|text)` is the start of the loader, and the text a mere reason."""
    made = {_other(key): _started(text) for key, text in sources.items()}
    line = _started(use.replace("{text}", '"@k_reason@"'))
    elements = tuple(_other(element) for element in manifest)
    template = Template(sources=made, use=line, manifest=elements, libraries=libraries)
    return Idiom("plumbing", f"{name}-start", template, held_back=held_back, carries="start")


def _other(text: str) -> str:
    return text.replace("@T_", "@T_start_").replace("@k_", "@k_start_")


def _started(text: str) -> str:
    return RUN.sub(r"@start(\1)@", _other(text))
