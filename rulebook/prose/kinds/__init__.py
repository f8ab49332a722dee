"""One grammar for each kind of rule. Adding one: a module with GRAMMAR and build, and a line here."""

from collections.abc import Callable

from rulebook.prose.kinds import bands, checklist, gate, occurrence, once, passing, ratio, steps
from rulebook.prose.parsing import Parser, Read
from rulebook.prose.phrases import Given, Understood

Build = Callable[[Read, Given], Understood]
GRAMMARS: tuple[tuple[Parser, Build], ...] = tuple(
    (module.GRAMMAR, module.build) for module in (occurrence, bands, checklist, gate, once, ratio, steps, passing)
)
