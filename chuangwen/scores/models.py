"""Running sums of a round, and frozen runs."""

import uuid
from fractions import Fraction

from django.conf import settings
from django.db import models

from chuangwen.base.models import Tenant
from chuangwen.inspections.models import Round
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
