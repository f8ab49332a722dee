"""合格率: qualified ÷ examined."""

from chuangwen.standards.rules.kind import Kind
from chuangwen.standards.rules.param import Choice

KIND = Kind(
    name="pass_rate",
    label="合格率",
    explain="合格的 ÷ 测过的 × 分值。",
    example="按件数",
    own=(
        Choice(
            name="of",
            label="怎样数",
            default="marks",
            options={"marks": ("按合格不合格",), "pieces": ("按件数",)},
            help="按合格不合格：一次记录算一项。按件数：现场填检查几件、合格几件。",
        ),
    ),
)
