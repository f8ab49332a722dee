"""无问题点位加分: so much for each clean place, more when there are enough of them."""

from chuangwen.standards.rules.kind import BY_ENTRY, Kind
from chuangwen.standards.rules.param import Number

KIND = Kind(
    name="clean_places",
    label="无问题点位加分",
    explain="一轮里一个问题也没有的点位，每处加分；够几处可以翻倍。不占分值；分值填最多加几分，不限的空着。",
    example="每处无问题加1；满3处；按2倍加",
    points="10",
    group=BY_ENTRY,
    own=(
        Number(name="each", label="每处加", before=("每处无问题加", "每处加")),
        Number(name="from", label="几处起翻倍", before=("满",), after="处", help="不翻倍的空着，下面也空着。"),
        Number(name="times", label="按几倍加", before=("按",), after="倍加", help="如 2。"),
    ),
)
