"""One grammar for each kind of rule. Adding one: a module with GRAMMAR and build, and a line here."""

from collections.abc import Callable

from rulebook.prose.kinds import (
    bands,
    checklist,
    completion,
    density,
    frequency,
    gate,
    honours,
    occurrence,
    once,
    opinions,
    passing,
    ratio,
    shortfall,
    steps,
    vetoes,
)
from rulebook.prose.parsing import Parser, Read
from rulebook.prose.phrases import Given, Understood

Build = Callable[[Read, Given], Understood]
MODULES = (
    occurrence,
    bands,
    checklist,
    gate,
    once,
    ratio,
    steps,
    passing,
    shortfall,
    density,
    frequency,
    completion,
    opinions,
    honours,
    vetoes,
)
GRAMMARS: tuple[tuple[Parser, Build], ...] = tuple((module.GRAMMAR, module.build) for module in MODULES)
