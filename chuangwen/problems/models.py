"""Problems, their steps, and the views people save of the ledger."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Jurisdiction, Organisation
from chuangwen.places.models import Place

NO_DEADLINE = date(9999, 12, 31)


class Problem(models.Model):
    """One problem 问题. Its state follows rulebook.workflows; being late is not a state."""

    class State(models.TextChoices):
        PENDING = "pending", "待交办"
        HANDED_OUT = "handed_out", "待签收"
        FIXING = "fixing", "整改中"
        REVIEW = "review", "待复核"
        RETURNED = "returned", "退回"
        APPEAL = "appeal", "异议"
        CLOSED = "closed", "已销号"
        WITHDRAWN = "withdrawn", "已撤销"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="problems")
    number = models.CharField("编号", max_length=40)
    title = models.CharField("问题", max_length=200)  # 地点：现象
    detail = models.TextField("情况", blank=True)
    source_kind = models.CharField(max_length=20)  # answer, ledger, feedback, typed
    source_uuid = models.UUIDField(null=True)
    batch_uuid = models.UUIDField(null=True)  # the round or the import it came with
    batch_label = models.CharField("来源", max_length=100, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="problems")
    place_text = models.CharField("地点", max_length=100, blank=True)
    criterion_key = models.CharField(max_length=40, blank=True)
    criterion_text = models.CharField("测评标准", max_length=200, blank=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="责任单位", related_name="problems")
    responsible = models.CharField("责任人", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PENDING)
    found_on = models.DateField("发现日期")
    fixed_on_spot = models.BooleanField("当场已整改", default=False)  # as the inspector recorded it with the finding
    handed_out_at = models.DateTimeField(null=True)
    deadline = models.DateField("期限", null=True)
    deadline_provisional = models.BooleanField(default=False)
    extension_asked_to = models.DateField(null=True)  # open request 申请延期
    state_at = models.DateTimeField()  # since when it is in this state
    reported_on = models.DateField("报送日期", null=True)  # the first report
    on_time = models.BooleanField(null=True)  # was the first report within the deadline then in force
    returns = models.PositiveSmallIntegerField("退回次数", default=0)
    closed_on = models.DateField("销号日期", null=True)
    due_order = models.GeneratedField(  # the deadline as an order: without one, last
        expression=Coalesce("deadline", Value(NO_DEADLINE)), output_field=models.DateField(), db_persist=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="problem_number_once"),
            models.UniqueConstraint(fields=["tenant", "source_kind", "source_uuid"], name="problem_once_per_source"),
        ]
        indexes = [
            models.Index(fields=["tenant", "jurisdiction", "state", "due_order"], name="problem_by_state"),
            models.Index(fields=["tenant", "jurisdiction", "due_order", "id"], name="problem_by_deadline"),
            models.Index(  # all that a unit's counts and sources ask, so that they are read from the index alone
                fields=["unit", "state", "due_order", "handed_out_at", "tenant", "batch_uuid"], name="problem_by_unit"
            ),
            models.Index(fields=["batch_uuid", "state"], name="problem_by_batch"),
            models.Index(fields=["place", "found_on"], name="problem_by_place"),
            models.Index(fields=["tenant", "jurisdiction", "found_on", "state"], name="problem_by_finding"),
            models.Index(
                fields=["jurisdiction", "due_order"],
                condition=models.Q(extension_asked_to__isnull=False),
                name="problem_by_extension",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ProblemStep(models.Model):
    """One step 经过: who, when, words; photos are attachments of the step. `uuid` is made by the client."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    problem = models.ForeignKey(Problem, models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=20)
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_label = models.CharField(max_length=100, blank=True)  # unit and name as they were that day
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")  # 代签、代录
    words = models.TextField(blank=True)
    date = models.DateField(null=True)  # the deadline set, asked or granted

    class Meta:
        indexes = [models.Index(fields=["problem", "at"], name="step_by_problem")]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.verb}"


class ProblemBatch(models.Model):
    """What problems came with 来源: a round, an import; kept so that the ledger need not search its rows for them."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    uuid = models.UUIDField()
    label = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "uuid"], name="problem_batch_once")]

    def __str__(self) -> str:
        return self.label


class NumberCounter(models.Model):
    """The last problem number given in a jurisdiction and year; updated inside the transaction that gives it."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "year"], name="problem_counter_once")]

    def __str__(self) -> str:
        return f"{self.jurisdiction_id} {self.year}: {self.last}"


class SavedView(models.Model):
    """A filter of the ledger one person keeps under a name."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], name="saved_view_once", violation_error_message="已有同名的筛选，换个名字。"
            )
        ]

    def __str__(self) -> str:
        return self.name
