"""organisations: units 单位 (line 条), regions 区域 (block 块), people, memberships, areas 片, and who may see what.

Knows no place, standard, round or problem. Other apps ask `queries.scope_of(person)` and filter their own rows with it.
"""
