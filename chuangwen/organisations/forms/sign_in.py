"""Forms of signing in, activating an account and changing one's own password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordMixin

from chuangwen.base.errors import Refused
from chuangwen.organisations.forms.units import text
from chuangwen.organisations.queries.accounts import person_for_code

MISMATCH = "两次填的密码不一样，请重填第二次。"
RULE = "至少 10 个字，不能是常见的密码，也不能和账号、姓名、电话相近。"


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "账号或密码不对。连错 5 次，这个账号要等 15 分钟。忘了密码，请创建办重置。",
        "inactive": "这个账号已停用。请找创建办。",
    }

    def clean_username(self) -> str:
        """Accounts are stored in lower case."""
        return self.cleaned_data["username"].strip().lower()


def boxed(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-control"


class OwnPasswordForm(PasswordChangeForm):
    error_messages = {"password_mismatch": MISMATCH, "password_incorrect": "原来的密码不对，请再填一次。"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        boxed(self)
        self.fields["old_password"].label = "原来的密码"
        self.fields["new_password1"].label, self.fields["new_password2"].label = "新密码", "再填一次新密码"
        self.fields["new_password1"].help_text, self.fields["new_password2"].help_text = RULE, ""


class ActivateForm(SetPasswordMixin, forms.Form):
    """Account and code of the slip, and the password the person chooses."""

    username = text("账号", 60, required=True, autocapitalize="none", autocomplete="username")
    code = text("激活码", 40, required=True, autocapitalize="characters", autocomplete="off")
    password1, password2 = SetPasswordMixin.create_password_fields(label1="设一个密码", label2="再填一次密码")
    error_messages = {"password_mismatch": MISMATCH}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        boxed(self)
        self.fields["code"].help_text = "激活单上的 12 位字母和数字，空格不用管。"
        self.fields["password1"].help_text, self.fields["password2"].help_text = RULE, ""
        for name in ("password1", "password2"):
            self.fields[name].error_messages["required"] = "密码没有填。"

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()

    def clean(self) -> dict[str, Any]:
        """The pair must fit before the password is looked at, so that its owner's name can be held against it."""
        found = super().clean() or self.cleaned_data
        if not found.get("username") or not found.get("code"):
            return found
        try:
            person = person_for_code(username=found["username"], code=found["code"])
        except Refused as refused:
            raise forms.ValidationError(refused.message, code="wrong_code") from refused
        self.validate_passwords("password1", "password2")
        self.validate_password_for_user(person, "password1")
        return found

    @property
    def wrong_code(self) -> bool:
        return self.is_bound and self.has_error("__all__", "wrong_code")

    @property
    def chosen(self) -> dict[str, str]:
        names = {"username": "username", "code": "code", "password": "password1"}
        return {name: self.cleaned_data[field] for name, field in names.items()}
