"""Tenants, events, files, receipts, calendar days, imports and exports."""

import uuid

from django.conf import settings
from django.db import models


class Tenant(models.Model):
    """One installation's customer 租户; nothing of one tenant is ever seen by another."""

    name = models.CharField("名称", max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """What happened 事件: append-only, the audit trail and the trigger of follow-ups. Holds no personal data."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    membership_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)  # the unit, when the office acts for it 代签、代录
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["tenant", "-id"], name="event_by_tenant")]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"


class EventTarget(models.Model):
    """One object an event touched: `kind` is `app.model`, `object_id` its key."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "kind", "object_id"], name="event_target_once")]
        indexes = [models.Index(fields=["kind", "object_id", "-event"], name="event_by_target")]

    def __str__(self) -> str:
        return f"{self.kind}#{self.object_id}"


class FollowUp(models.Model):
    """A `later` function of one event: one row per (event, function), tried again until it is done."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        DONE = "done", "完成"
        FAILED = "failed", "没有办成"

    event = models.ForeignKey(Event, models.CASCADE, related_name="follow_ups")
    function = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "function"], name="follow_up_once")]
        indexes = [models.Index(fields=["state", "next_at"], name="follow_up_due")]

    def __str__(self) -> str:
        return f"{self.function} ← {self.event_id}"


class StoredFile(models.Model):
    """The bytes of a file, once per tenant, on disk under their SHA-256; rights come from the rows that refer to it."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "sha256"], name="file_once_per_tenant")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Attachment(models.Model):
    """A file at an object 附件: photo of a finding, after-photo, sealed paper. The object's rights are its rights."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    role = models.CharField(max_length=20)  # before, after, evidence, sealed
    name = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)  # the phone's clock
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["target_kind", "target_id"], name="attachment_by_target")]

    def __str__(self) -> str:
        return self.name or str(self.uuid)


class Receipt(models.Model):
    """The answer already given to a client-made id, so that the same form sent again is harmless."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    action = models.CharField(max_length=60)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "client_id", "action"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.action} {self.client_id}"


class CalendarDay(models.Model):
    """One day of the working calendar 工作日历; a year nobody has announced yet is provisional 暂估."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    date = models.DateField()
    is_workday = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "date"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.date} {'班' if self.is_workday else '休'}"


class ImportBatch(models.Model):
    """One Excel file on its way in 导入: previewed, confirmed, perhaps undone."""

    class State(models.TextChoices):
        PREVIEW = "preview", "待确认"
        APPLYING = "applying", "导入中"
        APPLIED = "applied", "已导入"
        UNDONE = "undone", "已撤回"
        DROPPED = "dropped", "已放弃"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    reading = models.JSONField(default=dict)  # position of the sheet, keys found, headers unknown and missing
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEW)
    context = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name

    @property
    def state_words(self) -> str:
        """The state, with what undoing could not take back; `counts` then says how many rows went and stayed."""
        if self.state == self.State.UNDONE and self.counts.get("kept"):
            return "撤回一部分" if self.counts["undone"] else "没有撤回"
        return str(self.get_state_display())

    @property
    def is_in(self) -> bool:
        """Do its numbers say what is written, or would be?"""
        return self.state in (self.State.PREVIEW, self.State.APPLYING, self.State.APPLIED)


class ImportRow(models.Model):
    """One row of an import: its cells as read, what is wrong with it, what it did (`before` undoes it)."""

    class Outcome(models.TextChoices):
        BAD = "bad", "要改"
        NEW = "new", "新增"
        UPDATE = "update", "更新"
        SAME = "same", "没有变化"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # the row's number in the sheet
    cells = models.JSONField(default=dict)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    errors = models.JSONField(default=dict)  # column key → reason in the user's words
    suggestions = models.JSONField(default=dict)  # column key → the value offered instead
    changes = models.JSONField(default=dict)  # column key → today's text, which an update replaces
    object_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    undone = models.BooleanField(default=False)
    kept_because = models.CharField(max_length=200, blank=True)  # why undoing left it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class ExportJob(models.Model):
    """An export asked for 导出: made as a job, with the number of rows it holds."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队"
        DONE = "done", "可下载"
        FAILED = "failed", "没有做成"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    query = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title
