"""Units, regions, people, memberships, jurisdictions and areas.

A tree path is the 8-digit, zero-padded keys from the root down; only digits, so that text order is the same under every
collation and a subtree is the range `path <= x < successor(path)`.
"""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from chuangwen.base.models import Tenant

SEGMENT = 8


class TreeNode(models.Model):
    """Parent and path; `path` is set by actions.place_in_tree once the key is known."""

    what: ClassVar[str]  # as messages name it: 单位
    closed: ClassVar[str]  # how they say that it is no longer used: 撤销
    path = models.CharField(max_length=240, db_index=True, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def depth(self) -> int:
        return len(self.path) // SEGMENT

    @property
    def path_end(self) -> str:
        """The first path after this node's subtree."""
        return self.path[:-SEGMENT] + f"{int(self.path[-SEGMENT:]) + 1:0{SEGMENT}d}"


class Region(TreeNode):
    """A territory 区域: city, county, street, community 块."""

    what, closed = "区域", "停用"
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="region_code_once", violation_error_message="这个区域编码已经有了。"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(TreeNode):
    """A unit 单位: an identity whose name and parent are dated states; the fields here are today's state."""

    what, closed = "单位", "撤销"
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=20, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="organisations")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="unit_code_once", violation_error_message="这个单位编码已经有了。"
            )
        ]
        indexes = [models.Index(fields=["tenant", "name"], name="unit_by_name")]

    def __str__(self) -> str:
        return self.short_name or self.name


class OrganisationState(models.Model):
    """What a unit was called and where it stood from one date to the next."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="states")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # exclusive
    name = models.CharField(max_length=100)
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="unit_state_once_a_day"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="unit_state_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class Jurisdiction(models.Model):
    """An office's ground 辖区: a subtree of units and of regions, with the office's deadline rules as data."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=100)
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="offices")
    root = models.ForeignKey(Organisation, models.PROTECT, related_name="jurisdictions")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="jurisdictions")
    issuer = models.CharField("发文机关", max_length=100, blank=True)
    document_word = models.CharField("发文代字", max_length=20, blank=True)
    cutoff_hour = models.PositiveSmallIntegerField("截止钟点", default=18)
    deadline_days = models.PositiveSmallIntegerField("整改期限（工作日）", default=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office"], name="jurisdiction_one_per_office")]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is at a unit; rights follow from it (docs/glossary.md)."""

    OFFICE = "office", "创建办"
    CONTACT = "contact", "联络员"
    LEADER = "leader", "包片领导"
    INSPECTOR = "inspector", "测评员"
    SUPERVISOR = "supervisor", "行风监督员"
    SYSTEM = "system", "系统管理员"
    SECURITY = "security", "安全管理员"
    AUDIT = "audit", "审计管理员"


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody who signs in; what they may do comes from their memberships."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="people")
    username = models.CharField("账号", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("电话", max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    activation_hash = models.CharField(max_length=64, blank=True)
    activation_expires = models.DateTimeField(null=True)

    objects = PersonManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def roles(self) -> frozenset[str]:
        """The roles held today."""
        from chuangwen.organisations.queries import scope_of  # noqa: PLC0415  the one question base.access asks of a person

        return scope_of(self).roles


class Membership(models.Model):
    """A person at a unit in a role from one date to another; a region adds sight of what lies in it."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField("角色", max_length=12, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField("职务", max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # inclusive

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_open_once",
                violation_error_message="这个人在这个单位已有这个角色。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} @ {self.organisation_id}"


class Area(models.Model):
    """Ground a leader answers for 片."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="areas")
    name = models.CharField("名称", max_length=60)
    leader = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="areas")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # inclusive

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "name"], name="area_name_once")]

    def __str__(self) -> str:
        return self.name


class AreaPart(models.Model):
    """A unit or a region, with all below it, in an area."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, region__isnull=True)
                | Q(organisation__isnull=True, region__isnull=False),
                name="area_part_unit_or_region",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.organisation_id or self.region_id}"
