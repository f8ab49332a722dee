"""The house rules that a machine can check; each check takes a Tree and returns lines `path:line: what is wrong`."""

from tools.checks import code, pages, proofs, sizes, texts

CHECKS = [
    sizes.files,
    sizes.functions,
    sizes.names,
    pages.inline,
    pages.words,
    code.sql,
    code.imports,
    code.views,
    code.actions,
    code.doors,
    texts.later,
    texts.skipped,
    texts.addresses,
    proofs.tests,
    proofs.contracts,
]
