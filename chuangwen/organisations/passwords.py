"""What a password must be: Django's checks, in the words of the pages."""

from django.contrib.auth import password_validation as checks


class NotLikeThePerson(checks.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "密码和账号、姓名或电话太像了，别人容易猜到。请换一个。"


class LongEnough(checks.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"密码太短，至少 {self.min_length} 个字。"


class NotCommon(checks.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "这个密码太常见，别人容易猜到。请换一个。"
