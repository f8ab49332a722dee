"""Registered figures 数字 of a batch of problems, whole or one unit's: what pages and papers may print about them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from chuangwen.base.figures import Figure
from chuangwen.organisations.models import Jurisdiction, Organisation
from chuangwen.problems.models import Problem
from chuangwen.problems.queries.clock import is_late
from chuangwen.problems.queries.filters import HANDED_OUT, ONLY, OPEN, VALID

State = Problem.State
UNFINISHED = HANDED_OUT & Q(state__in=OPEN)


@dataclass(frozen=True)
class _Count:
    """A count of problems: its rows, and the ledger's address that lists exactly them."""

    name: str
    label: str
    definition: str
    rows: Q
    asks: dict[str, str]


COUNTS = (
    _Count("found", "发现问题", "列入台账的问题，已撤销的不计", VALID, {"tab": "all", "only": "valid"}),
    _Count("handed_out", "交办", "交办给责任单位的问题，已撤销的不计", HANDED_OUT,
           {"tab": "all", "only": "handed_out"}),
    _Count("pending", "待交办", "还没有交办的问题", Q(state=State.PENDING), {"tab": "pending"}),
    _Count("closed", "已销号", "经复核销号的问题", Q(state=State.CLOSED), {"tab": "closed"}),
    _Count("open", "未销号", "已交办、还没有销号的问题", UNFINISHED, {"tab": "open", "only": "handed_out"}),
    _Count("review", "待复核", "已报送整改、等待复核的问题", Q(state=State.REVIEW), {"tab": "review"}),
    _Count("returned", "退回过", "复核时退回过的问题，已撤销的不计", ONLY["returned"][1],
           {"tab": "all", "only": "returned"}),
)  # fmt: skip
REPORTED = VALID & Q(on_time__isnull=False)


def of_batch(
    *, batch_uuid: UUID, jurisdiction: Jurisdiction, unit: Organisation | None = None, now: datetime | None = None
) -> dict[str, Figure]:
    """The figures by name: two queries. A unit's figures include the units below it.

    found, handed_out, pending, closed, open, review, returned, overdue: counts 件. closing_rate, on_time_rate,
    first_pass_rate: ten-thousandths (9430 = 94.30 %), None when there is nothing to divide by.
    """
    rows = Problem.objects.filter(tenant_id=jurisdiction.tenant_id, jurisdiction=jurisdiction, batch_uuid=batch_uuid)
    if unit:
        rows = rows.filter(unit__path__gte=unit.path, unit__path__lt=unit.path_end)
    late = is_late(jurisdiction.tenant_id, now)
    wanted = {count.name: count.rows for count in COUNTS} | {
        "overdue": late,
        "reported": REPORTED,
        "on_time": ONLY["on_time"][1],
        "first_pass": ONLY["first_pass"][1],
    }
    found = rows.aggregate(**{f"n_{name}": Count("pk", filter=condition) for name, condition in wanted.items()})
    sums = {name: found[f"n_{name}"] for name in wanted}
    return _figures(sums, _Frame(batch_uuid, unit, timezone.localtime(now)))


@dataclass(frozen=True)
class _Frame:
    batch_uuid: UUID
    unit: Organisation | None
    now: datetime

    def url(self, asks: dict[str, str]) -> str:
        whose = {"unit": str(self.unit.pk)} if self.unit else {}
        return f"{reverse('problems:ledger')}?{urlencode({'batch': str(self.batch_uuid), **whose, **asks})}"

    def count(self, name: str, label: str, definition: str, number: int, asks: dict[str, str]) -> Figure:
        return Figure(name, label, number, str(number), "件", definition, self.url(asks), self.now.date())

    def rate(self, name: str, label: str, definition: str, part: int, whole: int, asks: dict[str, str]) -> Figure:
        value = _share(part, whole)
        text = "无" if value is None else f"{value // 100}.{value % 100:02d}".removesuffix(".00")
        return Figure(name, label, value, text, "%", definition, self.url(asks), self.now.date())


def _share(part: int, whole: int) -> int | None:
    """Ten-thousandths, half away from zero."""
    return None if not whole else (part * 20_000 + whole) // (2 * whole)


def _figures(sums: dict[str, int], frame: _Frame) -> dict[str, Figure]:
    figures = [frame.count(c.name, c.label, c.definition, sums[c.name], c.asks) for c in COUNTS]
    figures.append(
        frame.count(
            "overdue", "逾期", "在责任单位手里、期限已过的问题，报送后等复核的不计", sums["overdue"], {"tab": "late"}
        )
    )
    rates = (
        ("closing_rate", "销号率", "已销号 ÷ 交办", sums["closed"], sums["handed_out"], {"tab": "closed"}),
        ("on_time_rate", "按期报送率", "第一次报送在当时期限以内的 ÷ 已报送的，已撤销的不计",
         sums["on_time"], sums["reported"], {"tab": "all", "only": "on_time"}),
        ("first_pass_rate", "一次销号率", "没有退回过就销号的 ÷ 已销号", sums["first_pass"], sums["closed"],
         {"tab": "all", "only": "first_pass"}),
    )  # fmt: skip
    figures += [frame.rate(*rate) for rate in rates]
    return {figure.name: figure for figure in figures}
