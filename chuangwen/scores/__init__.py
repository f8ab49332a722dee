"""scores: answers → sums → rulebook.scoring → lines with reasons; freezing keeps a run for ever 计分.

Reads inspections and standards; nobody below knows it: chuangwen.jobs calls `actions` when answers come in.
"""
