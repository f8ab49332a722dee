"""The form of a team: its name, who is in it, and whom it speaks for where the standard weighs assessors."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Case, When
from django.utils import timezone

from chuangwen.base.ids import key_of
from chuangwen.inspections import queries
from chuangwen.inspections.forms import SELECT, words
from chuangwen.inspections.models import Round
from chuangwen.organisations.models import Membership, Role
from chuangwen.organisations.queries import held_on, range_of


def able_members(round: Round) -> Any:
    """Memberships that may be in a team: inspectors and office people at work today in the jurisdiction."""
    start, end = range_of(round.jurisdiction.root)
    rows = Membership.objects.filter(held_on(timezone.localdate()), tenant_id=round.tenant_id)
    rows = rows.filter(role__in=(Role.INSPECTOR, Role.OFFICE), person__is_active=True)
    rows = rows.filter(organisation__path__gte=start, organisation__path__lt=end)
    return rows.select_related("person", "organisation").order_by("organisation__path", "person__name", "id")


class TeamForm(forms.Form):
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = words("名称", "组名没有填，例如“一组”。", 40)
    members = forms.ModelMultipleChoiceField(
        label="组员",
        queryset=Membership.objects.none(),
        error_messages={"required": "组员没有选。勾上要去的人。"},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "cw-choose"}),
    )

    def __init__(self, round: Round, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked = [key_of(str(value)) for value in self["members"].value() or ()]
        chosen = Case(When(pk__in=[key for key in ticked if key], then=0), default=1)
        rows = able_members(round)
        self.fields["members"].queryset = rows.order_by(chosen, *rows.query.order_by)
        self.fields["members"].label_from_instance = lambda row: f"{row.person.name}（{row.organisation}）"
        if assessors := queries.compiled(round.version).assessors:
            self.fields["assessor"] = forms.ChoiceField(
                label="测评主体",
                choices=[(key, label) for key, (label, _) in assessors.items()],
                help_text="这个组的记录算哪一家测评的；体系按各家的权重合成。",
                widget=forms.Select(attrs=SELECT),
            )

    def values(self) -> dict[str, Any]:
        """Field values for the actions, the id of the form apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "client_id"}
