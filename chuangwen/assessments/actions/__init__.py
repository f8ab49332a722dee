"""Verbs on assessments of the level above."""

from chuangwen.assessments.actions.keeping import create_assessment, edit_assessment
from chuangwen.assessments.actions.matching import map_columns, point, point_types

__all__ = ["create_assessment", "edit_assessment", "map_columns", "point", "point_types"]
