"""Rules out of prose 规则识别: the words of a criterion become a proposed rule, to be confirmed by a person.

    reading = read("每发现一处乱堆乱放扣0.5分，扣完为止。", "5")
    reading.rule     # {"kind": "per_occurrence", "each": "0.5", "measure": "处"}; None unless every word was understood
    reading.spans    # which characters gave which setting, what is subject matter, what is 未识别

Must not guess: what is not understood makes the whole 未识别. Must not know who confirms a proposal.
"""

from rulebook.prose.numerals import numerals, read_number
from rulebook.prose.reading import PARTIAL, UNDERSTOOD, UNKNOWN, Reading, Span, read
from rulebook.prose.weights import Weight, read_weights

__all__ = [
    "PARTIAL",
    "UNDERSTOOD",
    "UNKNOWN",
    "Reading",
    "Span",
    "Weight",
    "numerals",
    "read",
    "read_number",
    "read_weights",
]
