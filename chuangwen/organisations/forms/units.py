"""Forms of units, regions and areas."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from chuangwen.organisations.forms.fields import PickField, PickManyField
from chuangwen.organisations.models import Area, Jurisdiction, Membership, Organisation, Person, Region, Role
from chuangwen.organisations.queries import (
    governed_regions,
    governed_units,
    held_on,
    visible_regions,
)

BOX = {"class": "form-control"}


def text(label: str, size: int, *, required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=size, required=required, widget=forms.TextInput(attrs={**BOX, **attrs})
    )


def day_field(label: str, *, required: bool = True, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={**BOX, "type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, **options)


class ClientIdForm(forms.Form):
    """A form that creates: carries the id made with it."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class UnitForm(ClientIdForm):
    name = text("名称", 100, required=True)
    short_name = text("简称", 40)
    kind = text("类别", 20, list="kinds")
    code = text("编码", 40)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        units = governed_units(person).filter(archived_at__isnull=True)
        self.fields["parent"] = PickField(label="上级单位", what="单位", rows=units)
        self.fields["region"] = region_field(person)
        self.fields["code"].help_text = "不填就按上级单位的编码往下编。"
        self.order_fields(["client_id", "name", "parent", "kind", "region", "short_name", "code"])


def region_field(person: Person, *, label: str = "区域") -> PickField:
    rows = visible_regions(person).filter(archived_at__isnull=True)
    return PickField(label=label, what="区域", rows=rows, required=False)


class UnitFactsForm(forms.Form):
    short_name = text("简称", 40)
    kind = text("类别", 20)

    def __init__(self, *args: Any, person: Person, unit: Organisation, **options: Any) -> None:
        now = {"short_name": unit.short_name, "kind": unit.kind, "region": unit.region}
        super().__init__(*args, initial=now, **options)
        self.fields["region"] = region_field(person)


class RenameForm(forms.Form):
    name = text("新名称", 100, required=True)
    day = day_field("从哪天起", initial=timezone.localdate)


class MoveForm(forms.Form):
    day = day_field("从哪天起", initial=timezone.localdate)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        units = governed_units(person).filter(archived_at__isnull=True)
        self.fields["parent"] = PickField(label="移到哪个单位下面", what="单位", rows=units)
        self.order_fields(["parent", "day"])


class RegionForm(forms.Form):
    name = text("名称", 100, required=True)
    kind = text("类别", 20)

    def __init__(self, *args: Any, person: Person, region: Region | None = None, **options: Any) -> None:
        now = {"name": region.name, "kind": region.kind, "parent": region.parent} if region else {}
        super().__init__(*args, initial=now, **options)
        self.top = region is not None and region.parent_id is None
        if not self.top:
            rows = governed_regions(person).filter(archived_at__isnull=True)
            self.fields["parent"] = PickField(label="上级区域", what="区域", rows=rows)
        self.order_fields(["name", "parent", "kind"])


class NewRegionForm(RegionForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    code = text("编码", 40)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, person=person, **options)
        self.fields["code"].help_text = "不填就按上级区域的编码往下编。"
        self.fields["parent"].required = governed_regions(person).exists()


class LeaderField(forms.ModelChoiceField):
    def label_from_instance(self, row: Membership) -> str:
        return f"{row.person.name}（{row.organisation}）"


class AreaForm(forms.Form):
    name = text("名称", 60, required=True)
    valid_from = day_field("从哪天起", initial=timezone.localdate)
    valid_to = day_field("到哪天（不填就一直有效）", required=False)

    def __init__(self, *args: Any, person: Person, area: Area | None = None, **options: Any) -> None:
        super().__init__(*args, initial=_area_now(area), **options)
        self.fields["leader"] = LeaderField(
            label="包片领导",
            queryset=leaders(person),
            required=False,
            empty_label="还没定",
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        units = governed_units(person).filter(archived_at__isnull=True)
        regions = visible_regions(person).filter(archived_at__isnull=True)
        self.fields["units"] = PickManyField(label="单位（连同下级）", what="单位", rows=units, required=False)
        self.fields["regions"] = PickManyField(label="区域（连同下级）", what="区域", rows=regions, required=False)
        self.fields["units"].help_text = "一行一个，填名称或编码。"
        self.order_fields(["name", "leader", "units", "regions", "valid_from", "valid_to"])


class NewAreaForm(AreaForm):
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def _area_now(area: Area | None) -> dict[str, Any]:
    if area is None:
        return {}
    parts = list(area.parts.select_related("organisation", "region").order_by("id"))
    return {
        "name": area.name,
        "leader": area.leader_id,
        "units": [part.organisation for part in parts if part.organisation],
        "regions": [part.region for part in parts if part.region],
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
    }


def leaders(person: Person) -> Any:
    """Memberships that may answer for an area: leaders in the ground, in office today."""
    rows = Membership.objects.filter(held_on(timezone.localdate()), role=Role.LEADER)
    rows = rows.filter(organisation__in=governed_units(person)).select_related("person", "organisation")
    return rows.order_by("person__name", "id")


class JurisdictionForm(forms.Form):
    issuer = text("发文机关", 100, required=True)
    document_word = text("发文代字", 20, placeholder="如：示文明办")
    deadline_days = forms.IntegerField(
        label="整改期限（工作日）", min_value=1, max_value=120, widget=forms.NumberInput(attrs=BOX)
    )
    cutoff_hour = forms.IntegerField(
        label="当日截止钟点", min_value=1, max_value=24, widget=forms.NumberInput(attrs=BOX)
    )

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, **options: Any) -> None:
        names = ("issuer", "document_word", "deadline_days", "cutoff_hour")
        super().__init__(*args, initial={name: getattr(jurisdiction, name) for name in names}, **options)
