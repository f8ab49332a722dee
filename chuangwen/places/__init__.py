"""places: anything that can be looked at 点位, of a type, in a region, owned by a unit.

Knows no standard, round or problem; those point down at it.
"""
