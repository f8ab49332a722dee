"""按比例得分: n ÷ required × points."""

from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import Choice
from chuangwen.standards.rules.required import REQUIRED

KIND = Kind(
    name="capped_ratio",
    label="按比例得分",
    explain="实有数 ÷ 应有数 × 分值，超出的不多得。",
    example="应有4",
    group=COUNTED,
    own=(
        REQUIRED,
        Choice(
            name="number",
            label="实有数是",
            default="count",
            options={"count": ("件数",), "measure": ("按实测值",)},
        ),
    ),
)
