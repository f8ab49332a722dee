"""Standards, their versions, indicators and criteria. Published versions never change."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Jurisdiction
from chuangwen.places.models import PlaceType
from rulebook.scoring.criteria import ROLE_WORDS


class Standard(models.Model):
    """An assessment system 测评体系: the identity its versions share."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="standards")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code"], name="standard_code_once", violation_error_message="这个编码已经有了。"
            )
        ]

    def __str__(self) -> str:
        return self.name


FROZEN = ("standard_id", "number", "label", "options", "source", "spec", "spec_hash", "published_at")


class Frozen(Exception):
    """Something tried to change a published version."""

    def __init__(self) -> None:
        super().__init__("已发布的版本不再改动。要改，请另起新版本。")


def refuse_published(versions: models.QuerySet) -> None:
    """Raise Frozen if one of these versions is no draft."""
    if versions.exclude(state="draft").exists():
        raise Frozen


class VersionRows(models.QuerySet):
    """Versions: in bulk, too, only the state of a published one may change, and none is deleted."""

    def update(self, **fields: Any) -> int:
        if set(fields) - {"state"}:
            refuse_published(self)
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_published(self)
        return super().delete()


class TreeRows(models.QuerySet):
    """Indicators or criteria: those of a published version are neither changed, added nor deleted in bulk."""

    def update(self, **fields: Any) -> int:
        self._refuse()
        return super().update(**fields)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        refuse_published(StandardVersion.objects.filter(pk__in={row.version_id for row in rows}))
        return super().bulk_create(rows, *args, **kwargs)

    def _refuse(self) -> None:
        refuse_published(StandardVersion.objects.filter(pk__in=self.order_by().values("version")))


class TableHead(models.Model):
    """How an office reads tables with this head 表头: what each column is, and how; offered again next time."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    roles = models.JSONField(default=list)  # of each column, in their order (rulebook.tables.ROLES)
    options = models.JSONField(default=dict)  # rulebook.tables.Options

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "fingerprint"], name="table_head_once")]

    def __str__(self) -> str:
        return self.fingerprint[:12]


class TreeRow(models.Model):
    """A row of the tree 指标树 of one version; frozen with it."""

    objects = TreeRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_published(StandardVersion.objects.filter(pk=self.version_id))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_published(StandardVersion.objects.filter(pk=self.version_id))
        return super().delete(*args, **kwargs)


class StandardVersion(models.Model):
    """One edition. Publishing writes `spec` (the rulebook's form of the whole tree) and freezes it."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        PUBLISHED = "published", "已发布"
        SUPERSEDED = "superseded", "已被替代"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField("版本", max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    options = models.JSONField(default=dict)  # the settings of spec.OPTIONS, and type_weights by type code
    source = models.CharField("依据", max_length=200, blank=True)
    spec = models.JSONField(null=True)
    spec_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = VersionRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["standard"],
                condition=Q(state="draft"),
                name="standard_one_draft",
                violation_error_message="这套体系已有一份草稿。",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(spec__isnull=False, published_at__isnull=False),
                name="standard_published_has_spec",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is published never changes: only its state may move on (published → superseded)."""
        kept = StandardVersion.objects.filter(pk=self.pk).exclude(state=self.State.DRAFT).values(*FROZEN).first()
        if kept and any(kept[name] != getattr(self, name) for name in FROZEN):
            raise Frozen
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_published(StandardVersion.objects.filter(pk=self.pk))
        return super().delete(*args, **kwargs)


class Indicator(TreeRow):
    """A node 指标 of the tree; `key` is stable across versions, `label` is what people call it (Ⅱ-3)."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="indicators")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    key = models.CharField(max_length=40)
    label = models.CharField("编号", max_length=20, blank=True)
    name = models.CharField("名称", max_length=200)
    weight = models.CharField("权重", max_length=12, blank=True)  # decimal string, empty = by points
    points = models.CharField("分值", max_length=12, blank=True)  # decimal string, empty = sum of what is below
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="indicator_key_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.name}".strip()


class Criterion(TreeRow):
    """A measured line 测评标准 under an indicator: its method, place types, points and rule."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="criteria")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=40)
    label = models.CharField("编号", max_length=20, blank=True)
    section = models.CharField("分段", max_length=40, blank=True)  # how the checklist groups it on the phone
    text = models.TextField("内容")
    explanation = models.TextField("说明", blank=True)
    evidence = models.CharField("佐证要求", max_length=200, blank=True)
    phrases = models.JSONField("常用语", default=list)
    units = models.JSONField("责任单位", default=dict, blank=True)  # lead, assist: names as the paper has them
    method = models.CharField("测评方法", max_length=20, default="实地考察")
    points = models.CharField("分值", max_length=12, blank=True)  # decimal string; of a role: at most so many
    role = models.CharField("分值以外", max_length=10, blank=True)  # bonus, deduction, veto; empty: one of the points
    to = models.CharField("计到", max_length=10, blank=True)  # of a bonus or deduction: parent; empty: the total
    precedence = models.JSONField("方法先后", default=list, blank=True)  # methods of its rules, the strongest first
    assessors = models.JSONField(
        "测评主体", default=list, blank=True
    )  # who may assess it; empty: all of the standard's
    weight = models.CharField("权重", max_length=12, blank=True)  # decimal string, empty = by points
    rules = models.JSONField(default=list)  # each: kind, parameters, cell, combiner (docs/formats/standard-yaml.md)
    combine = models.CharField("多条规则", max_length=8, default="sum")
    place_types = models.ManyToManyField(PlaceType, related_name="criteria", blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="criterion_key_once")]

    @property
    def role_words(self) -> str:
        return ROLE_WORDS.get(self.role, "")

    def __str__(self) -> str:
        return f"{self.label} {self.text[:30]}".strip()


class DraftStep(models.Model):
    """One change of a draft, kept to be taken back: the rows it touched as they were (`i12`, `c7`; null: not there)."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="steps")
    actor = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    words = models.CharField(max_length=80)
    before = models.JSONField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words
