"""Forms of places and place types."""

from typing import Any

from django import forms

from chuangwen.organisations.models import Person
from chuangwen.places import queries
from chuangwen.places.models import Place, PlaceType

MILLION = 1_000_000


def _box(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", **attrs})


class PlaceForm(forms.ModelForm):
    """A place; only types, units and regions the person may use are offered."""

    longitude = forms.DecimalField(label="经度", required=False, min_value=-180, max_value=180, decimal_places=6)
    latitude = forms.DecimalField(label="纬度", required=False, min_value=-90, max_value=90, decimal_places=6)

    class Meta:
        model = Place
        fields = ["code", "name", "type", "owner", "region", "address"]
        widgets = {name: _box() for name in ("code", "name", "address")}
        error_messages = {
            "code": {"required": "编码没有填。名册里每处一个，定了就不改。"},
            "name": {"required": "名称没有填。"},
            "type": {"required": "类型没有选。"},
            "owner": {"required": "责任单位没有选。"},
        }

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Place = self.instance
        place.tenant = person.tenant
        offered = {"type": queries.open_types, "owner": queries.open_units, "region": queries.open_regions}
        for name, choices in offered.items():
            now = getattr(place, f"{name}_id")
            self.fields[name].queryset = choices(person) | choices(person).model.objects.filter(pk=now)
            self.fields[name].widget.attrs["class"] = "form-select"
            self.fields[name].empty_label = "请选择"
        for name in ("longitude", "latitude"):
            value = getattr(place, f"{name}_e6")
            self.fields[name].widget = _box(inputmode="decimal")
            self.initial[name] = None if value is None else f"{value / MILLION:.6f}"
        self.fields[
            "longitude"
        ].help_text = "WGS-84，如 114.123456。手机定位、天地图的直接填；高德、腾讯、百度的先换算。不知道就空着。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("longitude") is None) != (cleaned.get("latitude") is None):
            self.add_error("latitude", "经度和纬度要么都填，要么都空着。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """Field values for the action."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        for name in ("longitude", "latitude"):
            given = self.cleaned_data[name]
            values[f"{name}_e6"] = None if given is None else int(given * MILLION)
        return values


class TypeForm(forms.ModelForm):
    class Meta:
        model = PlaceType
        fields = ["code", "name"]
        widgets = {"code": _box(), "name": _box()}
        error_messages = {"code": {"required": "编码没有填。"}, "name": {"required": "名称没有填。"}}

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.tenant = person.tenant

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
