"""分段扣分: from a line, a deduction for each step."""

from chuangwen.standards.rules.grades import BETTER, VALUE
from chuangwen.standards.rules.kind import COUNTED, Kind
from chuangwen.standards.rules.param import Choice, Number

KIND = Kind(
    name="per_step",
    label="分段扣分",
    explain="到满分线得满分，每差一档扣一份。",
    example="满分线95；每档1；一档扣1；不足一档不扣；看合格率；乘100；单位%",
    group=COUNTED,
    own=(
        Number(name="line", label="满分线", before=("满分线",)),
        Number(name="step", label="每档", default="1", before=("每档",), help="差多少算一档。"),
        Number(name="each", label="一档扣", before=("一档扣",)),
        Choice(
            name="mode",
            label="不足一档的",
            options={"whole": ("不足一档不扣",), "proportion": ("按比例扣", "不足一档按比例扣")},
        ),
        Number(name="cap", label="最多扣", before=("封顶", "最多扣")),
        *VALUE,
        BETTER,
    ),
)
