"""The navigation of each role, offered to every template."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from chuangwen.organisations.models import Role
from chuangwen.organisations.queries import scope_of


@dataclass(frozen=True)
class Item:
    """One entry: label, URL name, roles that have it, heading it stands under, the URL prefixes it lights up for."""

    label: str
    url: str
    roles: frozenset[str]
    heading: str = ""
    prefixes: str = ""  # separated by spaces
    tabs: frozenset[str] = frozenset()  # roles that have it at the bottom of the phone


OFFICE = frozenset({Role.OFFICE})
CONTACT = frozenset({Role.CONTACT})
LEADER = frozenset({Role.LEADER})
FIELD = frozenset({Role.INSPECTOR})
WITHOUT_TODO = frozenset({Role.SUPERVISOR, Role.SYSTEM, Role.SECURITY, Role.AUDIT})
NAVIGATION = (
    Item("今日点位", "mobile:today", FIELD, "", "/m/", FIELD),
    Item("待办", "dashboards:home", OFFICE | CONTACT | LEADER, tabs=OFFICE | CONTACT | LEADER),
    Item("我的账号", "dashboards:home", WITHOUT_TODO, tabs=WITHOUT_TODO),
    Item("轮次", "inspections:rounds", OFFICE, "测评", "/rounds /visits /answers", OFFICE),
    Item("点位", "places:places", OFFICE | CONTACT | LEADER, "测评", "/places"),
    Item("计分", "scores:scores", OFFICE | CONTACT | LEADER, "测评", "/scores", CONTACT | LEADER),
    Item("上级测评", "assessments:assessments", OFFICE, "测评", "/assessments"),
    Item("测评体系", "standards:standards", OFFICE | CONTACT, "测评", "/standards"),
    Item("问题台账", "problems:ledger", OFFICE | CONTACT | LEADER, "整改", "/problems", OFFICE | CONTACT | LEADER),
    Item("公文", "documents:documents", OFFICE | CONTACT | LEADER, "汇报", "/documents"),
    Item("单位", "organisations:units", OFFICE | CONTACT, "单位与人员", "/units"),
    Item("区域", "organisations:regions", OFFICE, "单位与人员", "/regions"),
    Item("人员账号", "organisations:people", OFFICE | {Role.SYSTEM}, "单位与人员", "/people"),
    Item("包片", "organisations:areas", OFFICE, "单位与人员", "/areas"),
    Item("导入导出", "base:transfers", OFFICE, "单位与人员", "/transfers /imports /exports"),
    Item("自动事项", "base:follow-ups", frozenset({Role.SYSTEM}), "系统", "/follow-ups"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """`navigation`, `phone_tabs`: the person's own items; `installation`: whose creation work this is."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {}
    roles = scope_of(person).roles
    own = list({item.url: item for item in reversed(NAVIGATION) if item.roles & roles}.values())[::-1]  # a page once
    return {
        "navigation": own,
        "phone_tabs": [item for item in own if item.tabs & roles],
        "current_item": next((item for item in own if _lit(item, request.path)), None),
        "installation": person.tenant.name,
        "role_names": "、".join(str(Role(role).label) for role in sorted(roles)),
    }


def _lit(item: Item, path: str) -> bool:
    return path == "/" if item.url == "dashboards:home" else path.startswith(tuple(item.prefixes.split()))
