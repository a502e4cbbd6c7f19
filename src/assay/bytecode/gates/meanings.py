"""What terms mean to gates: what a server sends, what the user sets, and what is only data."""

from assay.bytecode.gates.execution import Execution
from assay.bytecode.gates.variables import REMOTE_SOURCES, labelled
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Guard, Kind, Term

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

    def term(self, number: int) -> Term:
        """Return a term by its number."""
        return self._terms.terms[number]

    def elements(self, number: int) -> tuple[int, ...] | None:
        """Return the terms that a collection holds, None where they are not all known."""
        held = self._terms.elements(number)
        return (held,) if self.term(held).kind in {Kind.CONTENT, Kind.CHOICE} else None

    def served(self, number: int) -> bool:
        """Return whether anything of a term comes from a server."""
        if number not in self._served:
            self._served[number] = any(labelled(self.term(each)) in REMOTE_SOURCES for each in self.below(number))
        return self._served[number]

    def served_name(self, number: int) -> str:
        """Return the name of the variable of a server that a term reads, empty where it reads none.

        Only single values count: documents, arrays and what stands in lists are content.
        """
        if number not in self._names:
            self._names[number] = self._name(number)
        name = self._names[number]
        return "" if name in self.content else name

    def chosen_name(self, number: int) -> str:
        """Return the name of the variable of the user that a term reads, empty where it reads none.

        A setting is the user's where no server and no condition of the code writes it.
        """
        if number not in self._chosen:
            self._chosen[number] = self._setting(number, self.term(number))
        return self._chosen[number]

    def by_user(self, guard: Guard) -> bool:
        """Return whether what a guard stands for only happens when the user does something."""
        roots = self._execution.roots(guard.context[0].caller if guard.context else guard.definition)
        return bool(roots) and all(self._bare_name(root) in _BY_USER for root in roots)

    def _bare_name(self, definition: int) -> str:
        return self._terms.ground.key(definition)[1].decode("utf-8", "backslashreplace")

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

    def _name(self, number: int) -> str:
        term = self.term(number)
        if term.kind is Kind.CONTENT:
            key = term.name[1:-1] if term.name.startswith("[") else term.name.removeprefix(".")
            return f"remote:{key}" if key and term.name not in _WHOLE and self.served(number) else ""
        result = term.name.rpartition(")")[2]
        single = term.kind is Kind.FIELD or result in _SCALARS or result.endswith(_BOXED)
        if term.kind not in {Kind.CALL, Kind.FIELD} or not single:
            return ""
        key = self._terms.remote_name(number)
        return f"remote:{key}" if key and self.served(number) else ""

    def reader(self, number: int) -> str:
        """Return the bare name of the call that reads what a term is, empty where none does."""
        term = self.term(number)
        body = self._terms.bodies.of(term.definition) if term.definition >= 0 else None
        row = None if body is None else body.row_at(term.pc)
        call = None if body is None or row is None else body.call(row)
        return "" if call is None else call.name.decode("utf-8", "backslashreplace")

    def _setting(self, number: int, term: Term) -> str:
        if labelled(term) == "variable.user-setting":
            return term.name if term.kind is Kind.STORE else f"setting:{number}"
        if term.kind is not Kind.STORE or not term.name.startswith(("preference:", "settings:")):
            return ""
        writes = list(zip(term.inputs[1:], term.guards[1:], strict=True))
        own = [guard is not None and self.by_user(guard) for _, guard in writes]
        return term.name if all(own) else ""
