"""前提条件: not met → this item, or a named branch, gets nothing."""

from chuangwen.standards.rules.kind import Kind
from chuangwen.standards.rules.param import Number, Text

KIND = Kind(
    name="gate",
    label="前提条件",
    explain="不符合就不得分：本条不得分，或指定的指标整项不得分。",
    example="整项Ⅰ-1；合格比例0.8",
    own=(
        Text(name="target", label="整项不得分的指标", before=("整项",), help="填指标的编号；空着就只管本条。"),
        Number(name="least", label="合格比例", default="1", before=("合格比例",), help="合格几成算符合，1 是全部。"),
    ),
)
