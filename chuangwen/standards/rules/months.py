"""How far back honours and events count."""

from chuangwen.standards.rules.param import Number

MONTHS = Number(
    name="months", label="往前算几个月", before=("近",), after="个月内", help="计分日以前几个月内的才算；不限的空着。"
)
