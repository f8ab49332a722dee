"""Composites 综合考评: scores of years, stages, linked systems or rounds put into one by rulebook.scoring.composing."""
