"""Forms of signing in."""

from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "账号或口令不对。连错 5 次，这个账号要等 15 分钟。忘了口令，请创建办重置。",
        "inactive": "这个账号已停用。请找创建办。",
    }


class OwnPasswordForm(SetPasswordForm):
    error_messages = {"password_mismatch": "两次填的口令不一样，请重填第二次。"}
