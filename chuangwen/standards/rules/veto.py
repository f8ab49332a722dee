"""一票否决: an event within a look-back bars the subject."""

from chuangwen.standards.rules.kind import BY_ENTRY, Kind
from chuangwen.standards.rules.months import MONTHS
from chuangwen.standards.rules.param import Choice

KIND = Kind(
    name="veto",
    label="一票否决",
    explain="发生一次，就取消申报资格、撤销称号，或总分记 0 分；没有分值，分值空着。",
    example="取消申报资格；近24个月内",
    points="",
    group=BY_ENTRY,
    cell="unit",
    own=(
        Choice(
            name="effect",
            label="发生了就",
            options={"ineligible": ("取消申报资格",), "revoke": ("撤销称号",), "zero": ("总分记0",)},
        ),
        MONTHS,
    ),
)
