"""Place types and places."""

from django.db import models

from chuangwen.base.models import Tenant
from chuangwen.organisations.models import Organisation, Region


class PlaceType(models.Model):
    """A kind of site 点位类型, such as 主次干道 or 收费站; which ones exist is the tenant's data."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=60)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="place_type_code_once", violation_error_message="这个类型编码已经有了。"
            ),
            models.UniqueConstraint(
                fields=["tenant", "name"], name="place_type_name_once", violation_error_message="这个类型名称已经有了。"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A site 点位. Coordinates are WGS-84 in millionths of a degree."""

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    code = models.CharField("编码", max_length=40)
    name = models.CharField("名称", max_length=100)
    type = models.ForeignKey(PlaceType, models.PROTECT, verbose_name="类型", related_name="places")
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="区域", null=True, blank=True, related_name="places"
    )
    owner = models.ForeignKey(Organisation, models.PROTECT, verbose_name="责任单位", related_name="places")
    address = models.CharField("地址", max_length=200, blank=True)
    latitude_e6 = models.IntegerField("纬度", null=True, blank=True)
    longitude_e6 = models.IntegerField("经度", null=True, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="place_code_once", violation_error_message="这个点位编码已经有了。"
            )
        ]
        indexes = [models.Index(fields=["tenant", "name"], name="place_by_name")]

    def __str__(self) -> str:
        return self.name
