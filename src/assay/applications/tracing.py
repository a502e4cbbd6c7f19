"""What follows values through one app, for one analyser.

Analysers share the decoded methods of an app and who uses what; links and the value graph each has for itself, since
what they say where a budget was met depends on what was asked before.
"""

from functools import cached_property

from assay.applications.application import Application
from assay.applications.entry_points import entries
from assay.applications.layouts import layout_names
from assay.bytecode.effects.effects import Effects
from assay.bytecode.gates.gate import Gates
from assay.bytecode.provenance.bodies import Bodies
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links import Links
from assay.bytecode.provenance.links_record import Component
from assay.reference.models import models


class Tracing:
    """Provenance, gates and effects of one app."""

    def __init__(self, app: Application) -> None:
        """Take the app; its code is linked on first use."""
        self._app = app

    @cached_property
    def components(self) -> dict[bytes, Component]:
        """What the manifests declare, by the class descriptor."""
        return {each.descriptor: Component(each.role, each.actions, each.exported) for each in entries(self._app)}

    @cached_property
    def evaluator(self) -> Evaluator:
        """The value graph."""
        app = self._app
        return Evaluator(app.code, models(), self.components, layout_names(app), package=app.package, bodies=app.bodies)

    @property
    def bodies(self) -> Bodies:
        """Decoded methods."""
        return self.evaluator.bodies

    @property
    def links(self) -> Links:
        """How control comes into methods."""
        return self.evaluator.links

    @cached_property
    def gates(self) -> Gates:
        """Conditions of places."""
        return Gates(self.bodies, self.evaluator, self.links)

    @cached_property
    def effects(self) -> Effects:
        """What follows from comparisons."""
        return Effects(self.evaluator, self.gates)

    def name(self, definition: int) -> str:
        """Return a definition like ``Lorg/x/A;->m(I)V``."""
        return self._app.code.method_name(definition)
