"""Forms of people, their posts, and the first run."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from chuangwen.organisations.forms.fields import PickField
from chuangwen.organisations.forms.units import ClientIdForm, day_field, text
from chuangwen.organisations.models import Person
from chuangwen.organisations.queries import grantable_roles, staffable_regions, staffable_units

account_rule = RegexValidator(r"^[\w.@-]{2,60}$", "账号只用字母、数字、汉字和 . - _ @，2 到 60 个字。")
phone_rule = RegexValidator(r"^[\d+][\d -]{4,29}$", "电话只填数字，可以有空格和短横，至少 5 位。")


class PersonForm(ClientIdForm):
    name = text("姓名", 40, required=True)
    phone = text("电话", 30, inputmode="tel")
    title = text("职务", 40)
    username = text("账号", 60, autocapitalize="none")

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        add_post_fields(self, person)
        self.fields["phone"].validators.append(phone_rule)
        self.fields["username"].validators.append(account_rule)
        self.fields["username"].help_text = "不填就用单位编码加序号，如 0102-01。"
        self.order_fields(["client_id", "name", "phone", "unit", "role", "title", "region", "username"])


def add_post_fields(form: forms.Form, person: Person) -> None:
    roles = [("", "请选")] + [(role.value, role.label) for role in grantable_roles(person)]
    form.fields["unit"] = PickField(label="单位", what="单位", rows=staffable_units(person))
    form.fields["role"] = forms.ChoiceField(
        label="角色", choices=roles, widget=forms.Select(attrs={"class": "form-select"})
    )
    form.fields["region"] = PickField(label="区域", what="区域", rows=staffable_regions(person), required=False)
    form.fields["region"].help_text = "联络员填了区域，还能看到这个区域里的点位。"


class EditPersonForm(forms.Form):
    name = text("姓名", 40, required=True)
    phone = text("电话", 30, inputmode="tel")

    def __init__(self, *args: Any, subject: Person, **options: Any) -> None:
        super().__init__(*args, initial={"name": subject.name, "phone": subject.phone}, **options)
        self.fields["phone"].validators.append(phone_rule)


class MembershipForm(ClientIdForm):
    title = text("职务", 40)
    valid_from = day_field("起始日期", initial=timezone.localdate)
    valid_to = day_field("任期止日（不填就没有期限）", required=False)

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        add_post_fields(self, person)
        self.order_fields(["client_id", "unit", "role", "title", "region", "valid_from", "valid_to"])


class EndMembershipForm(forms.Form):
    last_day = day_field("最后一天", initial=timezone.localdate)


class FirstRunForm(forms.Form):
    installation = text("平台名称", 100, required=True, placeholder="如：示例县文明创建工作平台")
    ground = text("辖区", 100, required=True, placeholder="如：示例县、示例省高速公路管理局")
    office = text("创建办名称", 100, required=True, placeholder="如：示例县精神文明建设指导委员会办公室")
    administrator = text("系统管理员姓名", 40, required=True)
    account = text("系统管理员账号", 60, required=True, autocapitalize="none")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].validators.append(account_rule)
