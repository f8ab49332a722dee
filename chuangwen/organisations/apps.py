"""App registration."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "chuangwen.organisations"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from chuangwen.base import exports, history, imports
        from chuangwen.organisations.sessions import stamp
        from chuangwen.organisations.wording import EVENTS, USES
        from chuangwen.organisations.workbooks import people, units

        for spec in (units.UNITS, units.REGIONS, people.PEOPLE):
            imports.register(spec)
        for export in (units.UNITS_EXPORT, units.REGIONS_EXPORT, people.PEOPLE_EXPORT):
            exports.register(export)
        imports.name_uses(USES)
        history.label(EVENTS)
        user_logged_in.connect(stamp, dispatch_uid="organisations.session_stamp")
