"""JavaScript source: bundles of React Native, Cordova and web pages, recognised by their content.

Source: ECMA-262, chapter 12 (Lexical Grammar).
"""

import re

from assay.artefacts.javascript_literals import javascript_literals, resolved
from assay.artefacts.source_script import SourceScript, reads_well, sample_of
from assay.model.source import ByteSource
from assay.registry import reader

MIN_SIGNS = 6
"""Least number of signs of JavaScript in what is looked at."""
MAX_BYTES_A_SIGN = 400
"""Most bytes of text for each such sign."""

_SIGN = re.compile(
    rb"\bfunction\b\s*[\w$]*\s*\(|\)\s*=>|\b[\w$]+\s*=>|\b(?:var|let|const)\s+(?:[\w$]+\s*=|\{|\[)|===|!==|\btypeof\s+\w"
    rb"|\bmodule\.exports\b|\bexports\.[\w$]+\s*=|\brequire\(|\bdocument\.\w|\bwindow\.\w|\b__d\(|\bthis\.[\w$]+\s*="
    rb"|[\"']use strict[\"']|\bvoid 0\b|\bnew [A-Z]\w*\(|\breturn\b[^;\n]{0,80};"
)
_DECISIVE = re.compile(
    rb"\bfunction\b\s*[\w$]*\s*\([\w$,\s.={}\[\]]*\)\s*\{|=>\s*[({\[]|\)\s*=>|[\w$]=>[\w$]"
    rb"|\b__d\(function|[\"']use strict[\"']"
)
_MANY = 2
_OTHERS = re.compile(
    rb"\blocal\s+function\b|\bthen\s*$|^\s*(?:def|import java|from \w+ import|fn|func|use|sub)\b|\$\w+\s*=|->\w+\("
    rb"|^\s*#(?:!.*\b(?:sh|bash|perl|python\d?)\b|define\b)|<\?php|\bfi\b\s*$|^```|\b(?:my|our) [$@%]|^[%@]\w+",
    re.MULTILINE,
)


class JavaScript(SourceScript):
    """A program in JavaScript."""

    language = "JavaScript"
    scan = staticmethod(javascript_literals)
    resolve = staticmethod(resolved)


def is_javascript(source: ByteSource) -> bool:
    """Say whether the first bytes are dense with what only JavaScript writes; when unsure, it is no script."""
    sample = sample_of(source, (b"function", b"=>"))
    if not sample or _OTHERS.search(sample):
        return False
    signs = sum(1 for _ in _SIGN.finditer(sample))
    decisive = sum(1 for _ in _DECISIVE.finditer(sample))
    dense = signs >= MIN_SIGNS and signs * MAX_BYTES_A_SIGN >= len(sample)
    return dense and decisive >= _MANY and reads_well(sample, javascript_literals)


@reader(
    kind="javascript",
    gives=JavaScript,
    recognise=is_javascript,
    rank=18,
    blind_to=(
        "short scripts, scripts in pages of HTML, and those whose first 64 KiB look like data or prose: they stay text",
        "scripts in other encodings than UTF-8, and programs in TypeScript or JSX where they differ",
        "strings that the program puts together or decodes when it runs",
        "a regular expression behind a parenthesis, taken for a division, and a division behind a brace for one",
    ),
    source="ECMA-262, chapter 12 (Lexical Grammar)",
)
def open_javascript(source: ByteSource) -> JavaScript:
    """Open a program. Raises: Unreadable."""
    return JavaScript(source)
