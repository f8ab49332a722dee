"""Running sums of a round, frozen runs, forecasts, and composites of several scores."""

import uuid
from fractions import Fraction

from django.conf import settings
from django.db import models

from chuangwen.base.models import Tenant
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Jurisdiction
from chuangwen.places.models import Place
from chuangwen.standards.models import Criterion


class Sum(models.Model):
    """Integer sums of one (round, place, criterion, ordinal), kept as answers come in (rulebook.scoring.Sums)."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+", db_index=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="sums", db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", db_index=False)
    ordinal = models.PositiveSmallIntegerField(default=0)
    examined = models.IntegerField(default=0)
    qualified = models.IntegerField(default=0)
    not_applicable = models.IntegerField(default=0)
    count = models.BigIntegerField(default=0)
    base = models.BigIntegerField(default=0)
    result = models.BigIntegerField(
        default=0
    )  # sum of observation-level results, for rules whose cell is one observation

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "place", "criterion", "ordinal"], name="sum_once"),
        ]
        indexes = [models.Index(fields=["criterion", "round"], name="sum_by_criterion")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.criterion_id} @ {self.place_id}"


class CriterionTotal(models.Model):
    """What one criterion came to over a whole round, so that the total needs no second look at a million sums.

    rate is the exact share of the points got, as numerator and denominator (decimal text: any size); empty = none.
    stale rows are worked out afresh on reading, and stored again by a job.
    """

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="criterion_totals")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    absent = models.BooleanField(default=False)
    examined = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    tripped = models.JSONField(default=list)  # keys of the nodes this criterion sets to zero
    stale = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "criterion"], name="criterion_total_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.criterion_id}"


class SubjectTotal(models.Model):
    """The published total of one unit, place type or other subject of a round; stale ones are worked out on reading."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="subject_totals")
    kind = models.CharField(max_length=8)  # unit, type, place, region
    subject_id = models.BigIntegerField()
    got = models.BigIntegerField(null=True)  # × 10^digits; null = 未测
    possible = models.BigIntegerField(null=True)
    examined = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    stale = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "kind", "subject_id"], name="subject_total_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.kind} {self.subject_id}"


class Run(models.Model):
    """A frozen calculation 计分: result, standard and names as they were; never changed afterwards."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField()
    engine = models.CharField(max_length=20)
    spec_hash = models.CharField(max_length=64)
    digits = models.PositiveSmallIntegerField()
    got = models.BigIntegerField(null=True)  # published total × 10^digits
    possible = models.BigIntegerField(null=True)
    names = models.JSONField(default=dict)  # unit, place and type names of that day, by key
    inputs_hash = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="run_number_once")]

    def __str__(self) -> str:
        return f"{self.round_id} 第{self.number}次"


class Line(models.Model):
    """One line of a frozen run: an indicator or criterion, for the whole round or one of its subjects."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    subject_kind = models.CharField(max_length=8)  # whole, unit, type, place, region
    subject_id = models.BigIntegerField(default=0)
    node_key = models.CharField(max_length=40)  # indicator or criterion key; empty = total
    got = models.BigIntegerField(null=True)  # × 10^digits; null = 未测
    possible = models.BigIntegerField(null=True)
    lost = models.BigIntegerField(null=True)
    examined = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    rank = models.PositiveIntegerField(null=True)
    reason = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "subject_kind", "subject_id", "node_key"], name="line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.subject_kind}{self.subject_id} {self.node_key}"


class Forecast(models.Model):
    """A forecast of the formal assessment 正式测评预估: what was asked, and the numbers as they came out that day."""

    class State(models.TextChoices):
        WAITING = "waiting", "在算"
        DONE = "done", "算好"
        FAILED = "failed", "没有算成"

    uuid = models.UUIDField(unique=True)  # the form's client id: sent twice, one forecast
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="forecasts")
    plan = models.JSONField(default=dict)  # type code → [how many there are, how many are drawn]
    line = models.CharField(max_length=20, blank=True)  # the score to be reached, as it was written
    seed = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    share = models.FloatField(default=0)  # of the work done so far
    outcome = models.JSONField(default=dict)
    as_of = models.DateTimeField(null=True)  # of the records it is worked out from
    error = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.round_id}: {self.uuid}"

    @property
    def wanted(self) -> Fraction | None:
        return Fraction(self.line) if self.line else None


class Composite(models.Model):
    """A composite 综合考评: scores of years, stages or linked systems put into one; once published it never changes."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已公布"

    class Kind(models.TextChoices):
        WHOLE = "whole", "本辖区整体"
        UNIT = "unit", "各单位"
        REGION = "region", "各区域"
        PLACE = "place", "各点位"

    class Missing(models.TextChoices):
        RENORMALISE = "renormalise", "按其余折算"
        NONE = "none", "先不出分"

    class Term(models.TextChoices):
        WEIGHTED = "weighted", "按权重"
        MEAN = "mean", "取平均"
        LATEST = "latest", "取最近一次"
        BEST = "best", "取最好一次"

    uuid = models.UUIDField(unique=True)  # the form's client id: sent twice, one composite
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="composites")
    title = models.CharField("名称", max_length=60)
    first_year = models.PositiveSmallIntegerField("从哪一年")
    last_year = models.PositiveSmallIntegerField("到哪一年")
    kind = models.CharField("考评对象", max_length=8, choices=Kind.choices, default=Kind.UNIT)
    term = models.CharField("怎样合", max_length=8, choices=Term.choices, default=Term.WEIGHTED)
    missing = models.CharField("有的还没有结果", max_length=12, choices=Missing.choices, default=Missing.RENORMALISE)
    digits = models.PositiveSmallIntegerField("保留几位小数", default=2)
    bonus_cap = models.CharField("另加分最多计几分", max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)  # counts every change of a draft: an old page overwrites nothing
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    kept = models.JSONField(default=dict)  # once published: the heads of the parts, and the engine
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "title"],
                name="composite_title_once",
                violation_error_message="已有同名的综合考评，换个名称。",
            ),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="composite_years_in_order",
                violation_error_message="结束的年份早于开始的年份。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def years(self) -> str:
        """2026 年, 2024—2026 年."""
        first = "" if self.first_year == self.last_year else f"{self.first_year}—"
        return f"{first}{self.last_year} 年"


class CompositePart(models.Model):
    """One part of a composite, numbers as they were typed: a round, parts of its own, or else scores entered."""

    class Effect(models.TextChoices):
        INELIGIBLE = "ineligible", "取消资格"
        ZERO = "zero", "总分记 0 分"

    composite = models.ForeignKey(Composite, models.CASCADE, related_name="parts")
    key = models.CharField(max_length=8)
    parent_key = models.CharField(max_length=8, blank=True)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40)
    weight = models.CharField(max_length=20, blank=True)
    points = models.CharField(max_length=20, blank=True)
    gate = models.CharField(max_length=20, blank=True)
    effect = models.CharField(max_length=12, choices=Effect.choices, default=Effect.INELIGIBLE)
    term = models.CharField(max_length=8, choices=Composite.Term.choices, default=Composite.Term.WEIGHTED)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["composite", "key"], name="composite_part_once")]

    def __str__(self) -> str:
        return self.label


class CompositeScore(models.Model):
    """A score entered by hand for one subject, with where it comes from; what is not entered has no row."""

    composite = models.ForeignKey(Composite, models.CASCADE, related_name="scores")
    column = models.CharField(max_length=12)  # key of a part; bonus, deduction
    subject_id = models.BigIntegerField()
    got = models.CharField(max_length=20)  # as it was typed
    source = models.CharField(max_length=100)
    given_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["composite", "column", "subject_id"], name="composite_score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.composite_id} {self.column} {self.subject_id}: {self.got}"


class CompositeLine(models.Model):
    """What a published composite says of one subject, as it stood that day; never changed afterwards."""

    composite = models.ForeignKey(Composite, models.CASCADE, related_name="lines")
    subject_id = models.BigIntegerField()
    name = models.CharField(max_length=100)
    got = models.BigIntegerField(null=True)  # × 10^digits; null = no total
    rank = models.PositiveIntegerField(null=True)
    row = models.JSONField(default=dict)  # everything the page shows of it
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["composite", "subject_id"], name="composite_line_once")]

    def __str__(self) -> str:
        return f"{self.composite_id} {self.name}"
