"""What can be understood of a text that is not understood as a whole: its phrases, one by one."""

from rulebook.prose import outcomes, phrases
from rulebook.prose.kinds import bands, checklist, occurrence, steps
from rulebook.prose.parsing import SETTING, Claim, Tokens, alt

PHRASES = alt(
    occurrence.PER,
    bands.BAND,
    bands.REST,
    checklist.ITEM,
    steps.STEP,
    occurrence.EVERY,
    phrases.DEDUCTION,
    phrases.UNTIL,
    phrases.UNTIL_AMOUNT,
    phrases.CAPPED,
    phrases.CAPPED_OTHERWISE,
    phrases.STATED,
    phrases.LABEL,
    outcomes.OUTCOME,
)


def pieces(tokens: Tokens) -> tuple[Claim, ...]:
    """Return the claims of the longest phrases from left to right that set something."""
    found: tuple[Claim, ...] = ()
    place = 0
    while place < len(tokens):
        reads = [read for read in PHRASES(tokens, place) if any(claim.role == SETTING for claim in read.claims)]
        longest = max(reads, key=lambda read: read.end, default=None)
        if longest:
            found += longest.claims
        place = longest.end if longest else place + 1
    return found
