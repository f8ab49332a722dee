"""Papers, their figures, and the register of document numbers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from chuangwen.base.models import StoredFile, Tenant
from chuangwen.organisations.models import Jurisdiction, Organisation


class Document(models.Model):
    """One paper 公文. Issuing 签发 gives the number and freezes content, figures and file."""

    class Kind(models.TextChoices):
        CIRCULAR = "circular", "通报"
        NOTICE = "notice", "整改通知书"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已签发"
        VOID = "void", "已作废"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField("标题", max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    source_kind = models.CharField(max_length=20)  # round, problems
    source_uuid = models.UUIDField(null=True)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="documents")  # whom a notice is for
    dated_on = models.DateField("成文日期", null=True)
    signer = models.CharField("签发人", max_length=40, blank=True)
    copies_to = models.CharField("抄送", max_length=300, blank=True)
    content = models.JSONField(default=dict)  # the words a person wrote or changed (wording.Words)
    facts = models.JSONField(default=dict)  # what the data said when it was drafted, by section; figures by name
    number_text = models.CharField("发文字号", max_length=60, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)  # the unit's signature on the page is the receipt
    signed_by_label = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["jurisdiction", "-id"], name="document_by_jurisdiction")]

    def __str__(self) -> str:
        return self.title


class DocumentFigure(models.Model):
    """A number 数字 printed in a paper: what it was, its unit and definition, and the address of its records."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="figures")
    name = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    text = models.CharField(max_length=40)
    value = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=10, blank=True)
    definition = models.CharField(max_length=300)
    records_url = models.CharField(max_length=400, blank=True)
    section = models.CharField(max_length=10, default="")  # the section of facts it was taken with
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["document", "name"], name="document_figure_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.text}"


class DocumentNumber(models.Model):
    """One number 发文字号 of the register: given at issuing or by hand, kept for ever, also when voided."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    word = models.CharField("代字", max_length=20)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="numbers")
    by_hand = models.BooleanField(default=False)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "word", "year", "serial"],
                name="document_number_once",
                violation_error_message="这个文号已经用过了。",
            ),
            models.UniqueConstraint(fields=["document"], condition=Q(void_reason=""), name="document_one_valid_number"),
        ]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.serial}号"
