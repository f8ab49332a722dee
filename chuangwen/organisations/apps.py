"""App registration."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "chuangwen.organisations"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from chuangwen.base import history
        from chuangwen.organisations.sessions import stamp
        from chuangwen.organisations.wording import EVENTS

        history.label(EVENTS)
        user_logged_in.connect(stamp, dispatch_uid="organisations.session_stamp")
