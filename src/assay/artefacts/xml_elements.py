"""The tree of an XML document, built from the events of a parser within limits on depth and number."""

from collections import Counter
from collections.abc import Iterator
from xml.parsers import expat

from assay.model import limits
from assay.model import text as found

MAX_PATH = 1024
"""Longest path from the root to an element, in characters of the names on it."""


class Element:
    """One element: name as written (with prefix), attributes in order, own text, children, line from 1."""

    __slots__ = ("attributes", "children", "line", "name", "ordinal", "parent", "pieces")

    def __init__(self, name: str, attributes: dict[str, str], line: int, parent: "Element | None") -> None:
        """Begin an element below `parent`."""
        self.name = name
        self.attributes = attributes
        self.line = line
        self.parent = parent
        self.ordinal = 1
        self.children: list[Element] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The element's own character data, without that of its children."""
        return found.from_str("".join(self.pieces))

    @property
    def path(self) -> str:
        """The path from the root, as XPath writes it: ``/map[1]/string[3]``."""
        steps: list[str] = []
        element: Element | None = self
        while element is not None:
            steps.append(f"/{element.name}[{element.ordinal}]")
            element = element.parent
        return "".join(reversed(steps))

    def walk(self) -> Iterator["Element"]:
        """Yield this element and everything below it in the order of the document."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))


class TreeFull(Exception):
    """Reading ends here, for the reason given."""


class Tree:
    """Listens to expat and builds the tree."""

    def __init__(self) -> None:
        """Begin without a root."""
        self.root: Element | None = None
        self._open: list[Element] = []
        self._counts: list[Counter[str]] = []
        self._path = 0
        self._nodes = 0
        self._parser: expat.XMLParserType | None = None

    def listen(self, parser: expat.XMLParserType) -> None:
        """Take the events of `parser`."""
        self._parser = parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text

    def close(self) -> None:
        """Let go of the parser."""
        self._parser = None
        self._open.clear()
        self._counts.clear()

    def text(self, data: str) -> None:
        """Add character data to the element that is open."""
        if self._open:
            self._open[-1].pieces.append(data)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._nodes += 1
        if self._nodes > limits.MAX_STRUCTURE_NODES:
            raise TreeFull(f"more than {limits.MAX_STRUCTURE_NODES} elements")
        if len(self._open) >= limits.MAX_JSON_DEPTH:
            raise TreeFull(f"elements are nested deeper than {limits.MAX_JSON_DEPTH}")
        if self._path + len(name) > MAX_PATH:
            raise TreeFull(f"the names on the way to an element have more than {MAX_PATH} characters")
        self._path += len(name)
        parent = self._open[-1] if self._open else None
        line = self._parser.CurrentLineNumber if self._parser else 0
        element = Element(name, _as_found(attributes), line, parent)
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
            self._counts[-1][name] += 1
            element.ordinal = self._counts[-1][name]
        self._open.append(element)
        self._counts.append(Counter())

    def _end(self, _: str) -> None:
        self._path -= len(self._open.pop().name)
        self._counts.pop()


def _as_found(attributes: dict[str, str]) -> dict[str, str]:
    """Return attributes with values as found (`assay.model.text`)."""
    return {name: found.from_str(value) for name, value in attributes.items()} if attributes else attributes
