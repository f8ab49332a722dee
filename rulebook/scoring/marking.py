"""Which places are clean 无问题: derived from their other answers, never stored."""

import numpy as np

from rulebook.scoring.columns import Mask
from rulebook.scoring.standard import Standard
from rulebook.scoring.sums import Sums


def clean_marks(standard: Standard, sums: Sums) -> tuple[Mask, Mask]:
    """Say of each place whether anything was examined there, and whether a finding was made.

    A finding is a mark not qualified or an occurrence; honours, vetoes and other clean marks are none.
    """
    criteria = standard.criteria
    asked = [i for i, (number, _) in enumerate(standard.slots) if criteria[number].role in ("", "deduction")]
    counted = [
        i
        for i in asked
        if any(rule.at_least_one for rule in criteria[standard.slots[i][0]].readers(standard.slots[i][1]))
    ]
    examined, qualified = sums.data[0, asked], sums.data[1, asked]
    found = (examined > qualified).any(axis=0) | (sums.data[3, counted] > 0).any(axis=0)
    return np.asarray((examined > 0).any(axis=0), dtype=np.bool_), np.asarray(found, dtype=np.bool_)


def mark_clean(standard: Standard, sums: Sums) -> Sums:
    """Return the sums with one mark for every examined place in `clean_places`.

    Marks that were given stand: the place is clean when all of them are qualified.
    """
    if not standard.clean:
        return sums
    data, (seen, found) = sums.data.copy(), clean_marks(standard, sums)
    for number in standard.clean:
        criterion = standard.criteria[number]
        slot, chosen = standard.slot_of[number, criterion.ordinals[0]], sums.frame.concerned(criterion)
        examined, qualified, absent = data[:3, slot, chosen]
        given = (examined > 0) | (absent > 0)
        clean = np.where(given, (examined > 0) & (examined == qualified), ~found[chosen])
        data[0, slot, chosen] = np.where(given, examined > 0, seen[chosen])
        data[1, slot, chosen] = data[0, slot, chosen] * clean
    return Sums(sums.frame, data, sums.rejected)
