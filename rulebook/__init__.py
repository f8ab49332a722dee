"""The rulebook 规则: calculation only.

Knows how scores, draws, deadlines and states follow from data given to it. Must not know Django, the
clock, files (except in `__main__`) or any randomness that has no seed. Columns in; columns, errors and
reasons out.
"""
