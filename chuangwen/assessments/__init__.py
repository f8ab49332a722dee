"""Assessments by the level above 上级测评: their result tables against our standard, and beside our own rounds (C7).

Knows rounds and their scores, and problems only as what came with a feedback. Must not know papers.
"""
