"""Rounds, teams, the frame of a draw, visits and answers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Jurisdiction, Membership, Organisation, Region
from chuangwen.places.models import Place, PlaceType
from chuangwen.standards.models import Criterion, StandardVersion


class Round(models.Model):
    """A round 轮次 of looking, against one frozen standard version. Units see it only once released 公开."""

    class Kind(models.TextChoices):
        SELF = "self", "自查"
        SUPERVISION = "supervision", "督导"
        UNDERCOVER = "undercover", "暗访"
        MOCK = "mock", "模拟测评"
        CROSS = "cross", "交叉检查"
        MUTUAL = "mutual", "互查"
        LOOK_BACK = "look_back", "回头看"

    class State(models.TextChoices):
        DRAFT = "draft", "筹备"
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"
        RELEASED = "released", "已公开"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="rounds")
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    version = models.ForeignKey(StandardVersion, models.PROTECT, verbose_name="测评体系", related_name="rounds")
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    hand_out_at_once = models.BooleanField("发现即交办", default=False)
    deadline_days = models.PositiveSmallIntegerField("整改期限（工作日）", null=True, blank=True)
    seed = models.CharField("抽签号", max_length=64, blank=True)
    draw = models.JSONField(default=dict)  # frame hash, strata with sizes, quota: how the draw was made
    drawn_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="round_name_once",
                violation_error_message="已有同名的轮次，换个名称。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="round_ends_after_start",
                violation_error_message="结束日期早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FrameRow(models.Model):
    """One place of the frame a draw was made from, as it was that day."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="frame")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=40)
    stratum = models.CharField(max_length=120)  # the code of its type
    unit_code = models.CharField(max_length=40, default="")
    must = models.BooleanField(default=False)  # named as always examined when the draw was made
    position = models.PositiveIntegerField()  # its place in the seeded order of the stratum
    drawn = models.BooleanField(default=False)
    certain = models.BooleanField(default=False)  # 逢检必到

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "place"], name="frame_place_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.place_code}"


class Team(models.Model):
    """A supervision team 督导组 of one round."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.CASCADE, related_name="teams")
    name = models.CharField("名称", max_length=40)
    assessor = models.CharField("测评主体", max_length=40, blank=True)  # key in the standard; empty: its first, or none

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"], name="team_name_once", violation_error_message="本轮已有同名的组。"
            )
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="teams")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "membership"], name="team_member_once", violation_error_message="这个人已在组里。"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.membership_id}"


class Visit(models.Model):
    """One look at one place in one round 实地. Type, owner and region are those of the day it was made."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", "未交"
        SUBMITTED = "submitted", "已交"
        REPLACED = "replaced", "已替换"
        ENTERED = "entered", "录入"  # a unit itself: results of other methods are entered, nobody goes there

    class Origin(models.TextChoices):
        DRAWN = "drawn", "抽中"
        CERTAIN = "certain", "必到"
        ADDED = "added", "指定"
        REPLACEMENT = "replacement", "替换"
        LISTED = "listed", "列入录入"

    IN_THE_FIELD = (State.ASSIGNED, State.SUBMITTED)  # places looked at; the units entered for are none

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    place = models.ForeignKey(Place, models.PROTECT, related_name="visits")
    place_type = models.ForeignKey(PlaceType, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="visits")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="visits")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.DRAWN)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True)  # of what was submitted: the same again is no conflict

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "place"],
                condition=~Q(state="replaced"),
                name="visit_place_once_a_round",
                violation_error_message="这个点位已在本轮里。",
            )
        ]
        indexes = [models.Index(fields=["round", "state"], name="visit_by_state")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.place_id}"


class Answer(models.Model):
    """What was seen for one criterion at one place 记录; `ordinal` is the checklist standard or severity class, else 0.

    count: occurrences found, or the measured value × 1000. base: pieces examined, metres or seconds (rate kinds).
    round and place repeat the visit's, so that a whole round is read as columns without a join.
    """

    class Mark(models.IntegerChoices):
        NOT_EXAMINED = 0, "未查"
        QUALIFIED = 1, "合格"
        NOT_QUALIFIED = 2, "不合格"
        NOT_APPLICABLE = 3, "缺项"
        NA_ASKED = 4, "缺项待定"  # counts as not examined until the office approves

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="answers")
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="answers")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers")
    ordinal = models.PositiveSmallIntegerField(default=0)
    mark = models.PositiveSmallIntegerField(choices=Mark.choices)
    count = models.BigIntegerField(default=0)
    base = models.BigIntegerField(default=0)
    grade = models.CharField(max_length=4, blank=True)
    note = models.CharField(max_length=500, blank=True)
    by_default = models.BooleanField(default=False)  # confirmed with 其余合格
    fixed_on_spot = models.BooleanField("当场已整改", default=False)
    corrected = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "criterion", "ordinal"], name="answer_once"),
        ]
        indexes = [models.Index(fields=["round", "criterion", "place"], name="answer_by_criterion")]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.criterion_id}/{self.ordinal}"


class Provenance(models.Model):
    """Where an entered result comes from 来源: who gave it and when, and who entered it."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="provenance")
    source = models.CharField("谁提供的", max_length=100)
    given_on = models.DateField("日期")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.source}"


class NotApplicable(models.Model):
    """A wish to leave a criterion out at a place 合理缺项: asked with a reason, decided by the office."""

    class State(models.TextChoices):
        ASKED = "asked", "待定"
        GRANTED = "granted", "认定"
        REFUSED = "refused", "不予认定"

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="not_applicable")
    reason = models.CharField("理由", max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    words = models.CharField("意见", max_length=200, blank=True)  # why it was refused
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.state}"


class AnswerCorrection(models.Model):
    """A change after submitting 更正: what stood before, what stands now, and why."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField("理由", max_length=200)
    kept = models.CharField("照办的理由", max_length=200, blank=True)  # why its problem goes on all the same
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.answer_id} {self.at:%Y-%m-%d}"
