"""What a forecast takes for granted, and how it reckons each criterion: as data, with the words for it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rulebook.forecast.ground import Kind, Stratum

FEW = 5

ASSUMED: Mapping[str, str] = {
    "drawn_like_ours": "正式测评按点位类型随机抽取，每处机会均等，同一处不会抽到两次",
    "nothing_rectified": "查到的问题都还在：这以后整改好的，没有算进去",
    "same_eyes": "测评员看到的与我们看到的一样",
    "unseen_like_seen": "{label}共 {population} 处，看过 {seen} 处，没看过的按看过的推想",
    "few_seen": "{label}只看过 {seen} 处，推想不准，多看几处预测才可靠",
    "one_seen": "{label}共 {population} 处，只看过 1 处，看不出处与处之间差多少，实际起伏比这里大",
    "none_seen": "{label}一处也没有看过，没有算进去",
    "not_drawn": "{label}不抽，没有算进去",
    "all_drawn": "{label}共 {population} 处，全部都测，没有抽到抽不到之分",
    "as_seen": "{label}不在抽取之列，按看到的原样计入",
}
REASONS: Mapping[str, str] = {
    "worst": "取最差的一处，看抽到哪一处",
    "floor": "扣分可能扣到底",
    "pooled": "抽到的点位合在一起计分",
    "unit": "同一单位抽到的点位合在一起计分",
    "min": "几条规则取最低的",
    "product": "几条规则的得分率相乘",
    "precedence": "强的方法得分低的，以强的为准",
    "deducted": "扣分可能扣到没有",
    "uneven": "有的点位没有测到这一条，平均的底数随抽到的点位变",
    "gap": "有时抽到的点位都没有测到这一条",
    "closed": "抽到一处前提条件不符合的，整项不得分",
    "renormalised": "下级有时未测，按同级折算",
    "methods": "测评方法有时未测，权重折算",
    "bottom": "总分可能到最低分",
    "assessors": "有几个测评主体，逐次完整计分",
    "districts": "按片区加权，逐次完整计分",
    "outside": "加分、扣分要看抽到哪些点位，逐次完整计分",
    "vetoed": "有一票否决记 0 分的情形，逐次完整计分",
}


class Assumption(NamedTuple):
    """One thing taken for granted: its code, the type of place it is about (empty: all), and its numbers."""

    code: str
    kind: str = ""
    seen: int = 0
    population: int = 0

    def said(self, label: str = "") -> str:
        """Say it in Chinese; label: the name of the type."""
        return ASSUMED[self.code].format(label=label or self.kind, seen=self.seen, population=self.population)


class How(NamedTuple):
    """How a criterion, or a node as a whole, is reckoned: exactly, or by simulated draws and why."""

    key: str
    exact: bool
    why: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Say it in Chinese."""
        return "按公式算" if self.exact else f"模拟抽取：{'；'.join(REASONS[code] for code in self.why)}"


def assumptions_of(
    kinds: tuple[Kind, ...], plan: Mapping[str, Stratum], types: tuple[str, ...]
) -> tuple[Assumption, ...]:
    """Return what a forecast takes for granted, the general things first."""
    general = (Assumption("drawn_like_ours"), Assumption("same_eyes"), Assumption("nothing_rectified"))
    return (*general, *special(kinds, plan, types))


def special(kinds: tuple[Kind, ...], plan: Mapping[str, Stratum], types: tuple[str, ...]) -> Iterator[Assumption]:
    """Yield what is taken for granted of single types."""
    for kind in kinds:
        given = kind.key, kind.seen, kind.population
        if kind.key not in plan:
            yield Assumption("as_seen", *given)
        elif kind.seen < kind.population:
            yield Assumption("one_seen" if kind.seen == 1 else "unseen_like_seen", *given)
            if 1 < kind.seen < FEW:
                yield Assumption("few_seen", *given)
        elif kind.settled:
            yield Assumption("all_drawn", *given)
    known = {kind.key for kind in kinds}
    for key, (population, drawn) in plan.items():
        if key not in known and population:
            yield Assumption("none_seen" if drawn else "not_drawn", key, 0, population)
