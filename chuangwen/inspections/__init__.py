"""inspections: rounds 轮次, draws 抽样, visits 实地, answers 记录. A finding makes a problem in the same transaction.

Knows standards, places, problems; knows no score: what an answer does to scores is named in chuangwen.jobs.
"""
