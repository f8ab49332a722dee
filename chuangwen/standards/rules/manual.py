"""评委评分: one or more assessors; who differ too much need an arbiter."""

from chuangwen.standards.rules.kind import ASKED, Kind
from chuangwen.standards.rules.param import Flag, Number

KIND = Kind(
    name="manual",
    label="评委评分",
    explain="一位或几位评委打分取平均；相差太多的先仲裁，可以去掉最高分、最低分。",
    example="评委3位；相差超过10分仲裁",
    group=ASKED,
    own=(
        Number(name="assessors", label="几位评委", default="1", before=("评委",), after="位"),
        Number(name="full", label="打分的满分", default="100", before=("打分满分", "满分"), help="评委按几分制打分。"),
        Number(
            name="gap",
            label="要仲裁的分差",
            before=("相差超过",),
            after="分仲裁",
            help="评委相差超过这个数，等仲裁的分；不用仲裁的空着。",
        ),
        Flag(
            name="trim",
            label="四位以上的",
            options={"": ("都算",), "true": ("去掉最高最低",)},
        ),
    ),
)
