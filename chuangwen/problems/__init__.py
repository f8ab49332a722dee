"""problems: what was found wrong and is to be put right 问题 — handing out, signing, rectifying, verifying, closing.

Knows its source only as (source kind, source uuid) and a batch label; knows no round, visit or score.
"""
