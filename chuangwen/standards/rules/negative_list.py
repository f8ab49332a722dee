"""负面清单: a fixed deduction for every event of it, outside the points."""

from chuangwen.standards.rules.bonus import Named
from chuangwen.standards.rules.kind import BY_ENTRY, Kind
from chuangwen.standards.rules.modifiers import MODIFIERS
from chuangwen.standards.rules.months import MONTHS
from chuangwen.standards.rules.param import Text

KIND = Kind(
    name="negative_list",
    label="负面清单",
    explain="清单上的事发生一次扣一份，从总分里扣，不占分值；有记录才扣。分值填最多扣几分，不限的空着。",
    example="市级通报批评扣1；媒体曝光扣2；近12个月内",
    points="",
    group=BY_ENTRY,
    own=(
        Named(name="events", label="事项", verb="扣", sample="市级通报批评扣1", help="一行一件：市级通报批评扣1。"),
        MODIFIERS,
        MONTHS,
        Text(name="measure", label="量词", default="次", before=("量词",), help="次、件、起。"),
    ),
)
