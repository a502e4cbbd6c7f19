"""XML documents: elements with attributes, text, lines and paths. Entities are never expanded, nothing is fetched."""

import re
from collections.abc import Iterator
from xml.parsers import expat

from assay.artefacts.charsets import charset_of_markup
from assay.artefacts.xml_elements import Element, Tree, TreeFull
from assay.model import limits
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

_OPENING = 4096
_PROLOGUE = re.compile(
    r"\s*(?:<\?xml\b[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*|<\?[^>]*\?>\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
    r"<([A-Za-z_:\u0080-\U0010ffff][\w.:-]*)(?=[\s/>])",
    re.DOTALL,
)
_DECLARED = re.compile(r"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_OURS = "utf-8"


class XmlDocument:
    """An XML document as a tree of elements. What expat cannot read ends the tree there, with a problem."""

    def __init__(self, source: ByteSource) -> None:
        """Parse within limits. Raises: Unreadable where not even the root element can be read."""
        if source.size > limits.MAX_TEXT_BYTES:
            raise Unreadable(f"the document has {source.size} bytes, more than {limits.MAX_TEXT_BYTES} are parsed")
        self._problems: list[Problem] = []
        text, self.encoding = self._decoded(source.view())
        self._tree = Tree()
        self._parse(text)
        if self._tree.root is None:
            raise Unreadable(self._problems[-1].what if self._problems else "the document has no root element")
        self.root: Element = self._tree.root

    @property
    def problems(self) -> list[Problem]:
        """Problems met while opening."""
        return self._problems

    def elements(self) -> Iterator[Element]:
        """Yield every element in the order of the document."""
        yield from self.root.walk()

    def _decoded(self, raw: memoryview) -> tuple[str, str]:
        charset = charset_of_markup(raw)
        if charset is None:
            raise Unreadable("the bytes are no text")
        body = bytes(raw[charset.mark :])
        for codec in (_declared(body) if charset.mark == 0 and charset.unit == 1 else None, charset.codec):
            try:
                return body.decode(codec or charset.codec), codec or charset.name
            except (UnicodeDecodeError, LookupError):
                continue
        self._problem(
            "", f"some bytes are not valid {charset.name}", "they were read as U+FFFD", "what they say is lost"
        )
        return body.decode(charset.codec, "replace"), charset.name

    def _parse(self, text: str) -> None:
        parser = expat.ParserCreate(_OURS)
        parser.buffer_text = True
        self._tree.listen(parser)
        parser.EntityDeclHandler = self._entity
        parser.DefaultHandler = self._default
        parser.ExternalEntityRefHandler = self._external
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        try:
            parser.Parse(text.encode(_OURS, "replace"), True)  # noqa: FBT003 - expat takes no keywords
        except expat.ExpatError as error:
            self._broken(error.lineno, expat.ErrorString(error.code) or "malformed")
        except TreeFull as full:
            self._broken(parser.CurrentLineNumber, str(full))
        self._tree.close()

    def _broken(self, line: int, reason: str) -> None:
        instead = "everything before that line was read; elements begun there were closed there"
        self._problem(
            f"line:{line}", f"not read from line {line} on: {reason}", instead, "what follows was not examined"
        )

    def _entity(self, name: str, parameter: bool, value: str | None, *_: str | None) -> None:  # noqa: FBT001 - expat calls
        """Refuse an entity that names other entities: such ones multiply."""
        if parameter or value is None or "&" in value or "%" in value:
            raise TreeFull(f"entity {found.show(name)} is external or names other entities; it is refused")
        self._problem("", f"the document declares the entity {found.show(name)}", "it was not expanded in text", "")

    def _default(self, data: str) -> None:
        """Keep a reference to a declared entity as it is written."""
        if data.startswith("&") and data.endswith(";"):
            self._tree.text(data)

    def _external(self, *_: str | None) -> int:
        return 1

    def _problem(self, place: str, what: str, instead: str, cost: str) -> None:
        cost = cost or "text behind references to it was not examined"
        self._problems.append(Problem(place=place, what=what, instead=instead, cost=cost))


def _declared(body: bytes) -> str | None:
    match = _DECLARED.match(body[:_OPENING].decode("iso-8859-1"))
    return match[1].lower() if match else None


def root_name(source: ByteSource) -> str | None:
    """Return the name of the root element from the first bytes, None where they are not the beginning of XML."""
    start = source.read(0, _OPENING)
    if b"<" not in start:
        return None
    charset = charset_of_markup(start, cut=source.size > len(start))
    if charset is None:
        return None
    match = _PROLOGUE.match(start[charset.mark :].decode(charset.codec, "ignore"))
    return match[1] if match else None


_HTML = frozenset({"html", "head", "body", "div", "span", "script", "table"})


def is_xml(source: ByteSource) -> bool:
    """Say whether the first bytes are the beginning of an XML document; pages of HTML are not taken for it."""
    name = root_name(source)
    return name is not None and name.lower() not in _HTML


@reader(
    kind="xml",
    gives=XmlDocument,
    recognise=is_xml,
    rank=20,
    blind_to=(
        "text behind references to entities that the document declares",
        "entities that are external or name other entities: reading ends there",
        "comments, processing instructions and the document type",
        "Android's binary XML of settings files (ABX)",
        "pages of HTML",
    ),
    source="XML 1.0 (fifth edition), W3C Recommendation 26 November 2008",
)
def open_xml(source: ByteSource) -> XmlDocument:
    """Open an XML document. Raises: Unreadable."""
    return XmlDocument(source)
