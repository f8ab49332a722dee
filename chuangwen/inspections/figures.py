"""The registered numbers 数字 of a round; each opens exactly the rows it counts."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from chuangwen.base.figures import Figure
from chuangwen.inspections.models import Answer, Round, Visit
from chuangwen.inspections.queries import visible_answers, visible_visits
from chuangwen.organisations.models import Person

Mark = Answer.Mark
FIELD = "录入的其他方法的结果不计。"
WORDS = (  # name, label, unit, definition, page, query
    ("places", "点位", "处", "本轮抽中和指定的点位，换下来的不计。", "visits", ""),
    ("submitted", "已交", "处", "测评员已交的点位。", "visits", "?state=submitted"),
    ("left", "未交", "处", "还没有交的点位；结束以后就是未测。", "visits", "?state=assigned"),
    (
        "examined",
        "记录",
        "项",
        f"测过的测评项：标了的和确认其余合格的；未查和缺项不计。{FIELD}",
        "answers",
        "?mark=seen&at=field",
    ),
    ("findings", "不合格", "项", f"测评项不合格的记录，一项记一次。{FIELD}", "answers", "?mark=bad&at=field"),
    ("on_spot", "当场整改", "项", "不合格、测评员记了当场已整改的。", "answers", "?mark=bad&spot=1"),
)


def of_round(person: Person, round: Round) -> list[Figure]:
    """The round's numbers as far as the person sees them: two queries."""
    counts = _counts(person, round)
    today = timezone.localdate()
    found = [
        Figure(
            name=f"inspections.{name}",
            label=label,
            value=counts[name],
            text=f"{counts[name]:,}",
            unit=unit,
            definition=definition,
            records_url=reverse(f"inspections:{page}", args=[round.uuid]) + query,
            as_of=today,
        )
        for name, label, unit, definition, page, query in WORDS
    ]
    return [*found, _rate(round, counts)]


def _counts(person: Person, round: Round) -> dict[str, int]:
    visits = visible_visits(person).filter(round=round, state__in=Visit.IN_THE_FIELD)
    places = visits.aggregate(places=Count("pk"), submitted=Count("pk", filter=Q(state=Visit.State.SUBMITTED)))
    bad = Q(mark=Mark.NOT_QUALIFIED)
    answers = visible_answers(person).filter(round=round, visit__state__in=Visit.IN_THE_FIELD)
    marks = answers.aggregate(
        examined=Count("pk", filter=bad | Q(mark=Mark.QUALIFIED)),
        findings=Count("pk", filter=bad),
        on_spot=Count("pk", filter=bad & Q(fixed_on_spot=True)),
    )
    return places | marks | {"left": places["places"] - places["submitted"]}


def _rate(round: Round, counts: dict[str, int]) -> Figure:
    """Qualified ÷ examined in tenths of a per cent, half up; none examined is 未测, not 0."""
    examined, good = counts["examined"], counts["examined"] - counts["findings"]
    value = (2000 * good + examined) // (2 * examined) if examined else None
    return Figure(
        name="inspections.qualified_rate",
        label="合格率",
        value=value,
        text="未测" if value is None else f"{value // 10}.{value % 10}",
        unit="" if value is None else "%",
        definition=f"合格的记录 ÷ 测过的记录，四舍五入到 0.1%。{FIELD}",
        records_url=reverse("inspections:answers", args=[round.uuid]) + "?mark=good&at=field",
        as_of=timezone.localdate(),
    )
