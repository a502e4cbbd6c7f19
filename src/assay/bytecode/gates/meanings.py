"""What terms mean to gates: what a server sends, what the user sets, and what is only data."""

from assay.bytecode.gates.answered import Answered
from assay.bytecode.gates.beginnings import Beginnings
from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.possible import Scalar, Thing
from assay.bytecode.gates.variables import REMOTE_SOURCES
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.origins import is_native, label_of, passed
from assay.bytecode.provenance.placing import under
from assay.bytecode.provenance.terms import Guard, Kind, Term

MAX_STEPS = 60_000
"""Most steps of working out truths for one comparison; beyond, what is asked is unknown."""
MAX_TERMS = 4_096
"""Most terms that are gone through to tell where a value comes from."""
_SCALARS = frozenset("ZIJBSCFD") | {"Ljava/lang/String;", "Ljava/lang/CharSequence;", "Ljava/lang/Object;"}
_BOXED = ("Boolean;", "Integer;", "Long;", "Number;")
_WHOLE = frozenset({"[]", "text", "pieces"})
"""Contents that are all of an object, and no named part."""
_BY_USER = frozenset(
    {"onClick", "onCheckedChanged", "onPreferenceChange", "onPreferenceClick", "onOptionsItemSelected", "onItemClick",
     "onItemSelected", "onSharedPreferenceChanged", "onMenuItemClick", "onLongClick", "onTouch", "onProgressChanged",
     "onStopTrackingTouch", "onEditorAction", "onNavigationItemSelected"}
)  # fmt: skip
"""Callbacks through which the user acts."""


class TermMeanings:
    """Answers about terms, each worked out once; `content` are terms of a list, which are no switches."""

    def __init__(self, terms: Evaluator, execution: Execution) -> None:
        """Keep what is asked."""
        self._terms, self._execution = terms, execution
        self._served: dict[int, bool] = {}
        self._names: dict[int, str] = {}
        self._chosen: dict[int, str] = {}
        self.content: frozenset[str] = frozenset()
        self.held: frozenset[int] = frozenset()
        self.left, self.spent = MAX_STEPS, 0
        self._answered = Answered(terms, self.served)
        self._beginnings = Beginnings(terms, execution, self._answered)

    def term(self, number: int) -> Term:
        """Return a term by its number."""
        return self._terms.terms[number]

    def elements(self, number: int) -> tuple[int, ...] | None:
        """Return the terms that a collection holds, None where they are not all known."""
        held = self._terms.elements(number)
        return None if self.term(held).kind is Kind.UNKNOWN else (held,)

    def under(self, map_: int, key: Scalar) -> int | None:
        """Return the term of what a map holds under a key, None where nothing is written there."""
        if isinstance(key, Thing):
            return None
        held = self._terms.inside(map_, under(key))
        return held if len(self.term(held).inputs) > 1 else None

    def served(self, number: int) -> bool:
        """Return whether anything of a term comes from a server."""
        if number not in self._served:
            for each in self._unserved(number):  # inputs have lower numbers than their term
                own = self.term(each)
                of_inputs = any(self._served.get(one, False) for one in own.inputs)
                self._served[each] = of_inputs or label_of(own) in REMOTE_SOURCES
        return self._served[number]

    def _unserved(self, number: int) -> list[int]:
        """Return a term and those below that were not asked about yet, ascending."""
        found, todo = {number}, [number]
        while todo:
            more = {one for one in self.term(todo.pop()).inputs if one not in self._served} - found
            found |= more
            todo += more
        return sorted(found)

    def spend(self) -> bool:
        """Count a step of the question that is being answered, and return whether there was one left."""
        self.left -= 1
        self.spent += 1
        return self.left >= 0

    def served_name(self, number: int) -> str:
        """Return the name of the variable of a server that a term reads, empty where it reads none.

        Only single values count: documents, arrays and what stands in lists are content.
        """
        if number not in self._names:
            self._names[number] = self._name(number)
        name = self._names[number]
        return "" if name in self.content or self._piece(number) else name

    def _piece(self, number: int) -> bool:
        """Return whether a term is a numbered piece of what the list or the text passes through."""
        own = self.term(number)
        numbered = own.kind is Kind.CONTENT and own.name[1:-1].isdecimal()
        return numbered and bool(own.inputs) and own.inputs[0] in self.held

    def stored_name(self, number: int) -> str:
        """Return the name of what a server sends or a store holds and a term reads, empty where it reads none."""
        term = self.term(number)
        return (
            term.name
            if term.kind is Kind.STORE and not label_of(term).startswith("variable.")
            else self.served_name(number)
        )

    def is_content(self, number: int) -> bool:
        """Return whether a term reads what the list or the text itself is made of."""
        if number in self.held and label_of(self.term(number)).startswith("variable."):
            return True
        return bool(self.content) and self._stored(number) in self.content

    def is_given_natively(self, number: int) -> bool:
        """Return whether a term is the list or the text itself that native code gives: data, whatever it is."""
        return number in self.held and is_native(self.term(number))

    def _stored(self, number: int) -> str:
        content, self.content = self.content, frozenset()
        name = self.stored_name(number)
        self.content = content
        return name

    def chosen_name(self, number: int) -> str:
        """Return the name of the variable of the user that a term reads, empty where it reads none.

        A setting is the user's where no server and no condition of the code writes it.
        """
        if number not in self._chosen:
            self._chosen[number] = self._setting(number, self.term(number))
        name = self._chosen[number]
        return "" if name in self.content else name

    def by_user(self, guard: Guard) -> bool:
        """Return whether what a guard stands for only happens when the user does something."""
        if any(self._is_by_user(each) for each in (guard.definition, *(link.caller for link in guard.context))):
            return True
        top = guard.context[0].caller if guard.context else guard.definition
        roots = self._execution.roots(top, self._is_by_user)
        return bool(roots) and all(map(self._is_by_user, roots))

    def _is_by_user(self, definition: int) -> bool:
        """Return whether the user's acts call a definition, by its name or by that of what it is the lambda of."""
        if self._terms.ground.key(definition)[1].decode("utf-8", "backslashreplace") in _BY_USER:
            return True
        into = self._terms.links.into(definition)
        return bool(into) and all(link.method in _BY_USER for link in into)

    def made_once(self, term: Term) -> bool:
        """Return whether a static initialiser makes an object, as those of an enumeration are made."""
        return term.definition >= 0 and self._terms.ground.key(term.definition)[1] == b"<clinit>"

    def answered(self, guard: Guard) -> bool:
        """Return whether what a guard stands for only happens once a server has answered."""
        return guard.row >= 0 and self._answered.before(guard.definition, guard.row, guard.context)

    def alternatives(self, number: int) -> list[tuple[int, Guard | None]]:
        """Return the alternatives of a choice that there are wherever it is asked for."""
        own, gone = self.term(number), self._beginnings.gone(number)
        return [(each, guard) for each, guard in zip(own.inputs, own.guards, strict=True) if guard or not gone]

    def begins(self, guard: Guard | None) -> bool:
        """Return whether what is written under a guard is what a field begins with."""
        return guard is None or self._terms.ground.key(guard.definition)[1] in {b"<init>", b"<clinit>"}

    def caught(self, guard: Guard) -> bool:
        """Return whether only exceptions lead to what a guard stands for."""
        return self._execution.caught(guard.definition, guard.block, guard.edge)

    def below(self, number: int) -> tuple[int, ...]:
        """Return a term and all that it is made of, each once, at most `MAX_TERMS`."""
        found, todo = {number: None}, [number]
        while todo and len(found) < MAX_TERMS:
            for each in self.term(todo.pop()).inputs:
                if each not in found:
                    found[each] = None
                    todo.append(each)
        return tuple(found)

    def passing(self, number: int) -> tuple[int, ...]:
        """Return a term and what it passes through, but not what holds other things beside it, under other names."""
        found, todo = {number: None}, [number]
        while todo and len(found) < MAX_TERMS:
            each = todo.pop()
            below = () if self._picked(each) else passed(self._terms.terms, each)
            more = [one for one in below if one not in found]
            found.update(dict.fromkeys(more))
            todo += more
        return tuple(found)

    def _picked(self, number: int) -> bool:
        """Return whether a term is what something else has under a name."""
        own = self.term(number)
        key = own.name[1:-1] if own.kind is Kind.CONTENT and own.name[:1] == "[" else ""
        named = own.kind is Kind.CALL and bool(self._terms.remote_name(number))
        return own.kind is Kind.FIELD or (bool(key) and not key.isdecimal()) or named

    def _name(self, number: int) -> str:
        term = self.term(number)
        if term.kind is Kind.CONTENT:
            key = term.name[1:-1] if term.name.startswith("[") else term.name.removeprefix(".")
            put = term.inputs[1:] if term.name[:1] == "." else ()
            served = any(map(self.served, put)) if put else self.served(number)
            return f"remote:{key}" if key and term.name not in _WHOLE and served else ""
        result = term.name.rpartition(")")[2]
        single = term.kind is Kind.FIELD or result in _SCALARS or result.endswith(_BOXED)
        if term.kind not in {Kind.CALL, Kind.FIELD} or not single:
            return ""
        key = self._terms.remote_name(number)
        return f"remote:{key}" if key and self.served(number) else ""

    def _setting(self, number: int, term: Term) -> str:
        if label_of(term) == "variable.user-setting":
            return term.name if term.kind is Kind.STORE else f"setting:{number}"
        if term.kind is not Kind.STORE or label_of(term) or not term.name.startswith(("preference:", "settings:")):
            return ""
        writes = list(zip(term.inputs[1:], term.guards[1:], strict=True))
        own = [guard is not None and self.by_user(guard) for _, guard in writes]
        return term.name if all(own) else ""
