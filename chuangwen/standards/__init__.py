"""standards: assessment systems 测评体系 as versioned data — indicator trees, criteria, rules.

Knows place types by code; knows no round, answer or score. What a rule means is rulebook.scoring's business.
"""
