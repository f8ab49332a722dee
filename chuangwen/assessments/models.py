"""Assessments by the level above, and the rows of their result tables."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Jurisdiction
from chuangwen.places.models import Place, PlaceType
from chuangwen.standards.models import StandardVersion

SCALE = 4  # digits behind the point that points of a result keep
THRESHOLD = 50  # tenths of a percentage point


class Assessment(models.Model):
    """An assessment by the level above 上级测评, matched against one published version of ours."""

    class Level(models.TextChoices):
        CENTRAL = "central", "中央"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        OTHER = "other", "其他"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="assessments")
    name = models.CharField("名称", max_length=60)
    level = models.CharField("哪一级", max_length=10, choices=Level.choices, default=Level.PROVINCE)
    held_on = models.DateField("测评日期")
    version = models.ForeignKey(StandardVersion, models.PROTECT, verbose_name="对照的测评体系", related_name="+")
    feedback = models.UUIDField(null=True)  # the batch its feedback came in as problems
    threshold = models.PositiveSmallIntegerField(default=THRESHOLD)  # tenths of a percentage point
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="assessment_name_once",
                violation_error_message="已有同名的上级测评，换个名称。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Result(models.Model):
    """One row of a result table as written, what it was matched to, and its points × 10^SCALE (got null = 未测)."""

    class How(models.TextChoices):
        CODE = "code", "编号相同"
        NAME = "name", "名称相同"
        HAND = "hand", "人工对应"
        NEAR = "near", "名称相近，待确认"
        NONE = "none", "没有对上"

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="results")
    digest = models.CharField(max_length=64)  # of what the row is of: the same row again is the same
    term = models.CharField(max_length=64)  # of code, name and the names above: what is matched once for all its rows
    position = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=500, blank=True)
    above = models.CharField(max_length=500, blank=True)
    type_text = models.CharField(max_length=100, blank=True)
    place_text = models.CharField(max_length=100, blank=True)
    place_type = models.ForeignKey(PlaceType, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    places = models.PositiveIntegerField(null=True)  # how many they say they looked at
    possible = models.BigIntegerField()
    got = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    how = models.CharField(max_length=8, choices=How.choices, default=How.NONE)
    node_key = models.CharField(max_length=40, blank=True)  # criterion or indicator; stable across versions
    proposed_key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "digest"], name="result_once"),
            models.CheckConstraint(
                condition=Q(possible__gt=0) & (Q(got__isnull=True) | Q(got__lte=F("possible"))),
                name="result_got_within_possible",
            ),
        ]
        indexes = [models.Index(fields=["assessment", "node_key"], name="result_by_node")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def shown_possible(self) -> str:
        return plain(self.possible)

    @property
    def shown_got(self) -> str:
        return "未测" if self.got is None else plain(self.got)

    @property
    def shown_lost(self) -> str:
        return "" if self.got is None else plain(self.possible - self.got)


def plain(value: int) -> str:
    """A number × 10^SCALE without noughts at its end."""
    text = f"{Decimal(value).scaleb(-SCALE):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
