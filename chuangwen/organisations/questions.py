"""What resetting a password, stopping an account and closing a unit say before they are done; nothing where refused."""

from django.urls import reverse
from django.utils import timezone

from chuangwen.base.asking import Question
from chuangwen.base.templatetags.words import NBSP
from chuangwen.organisations.holdings import what_is_left
from chuangwen.organisations.models import Organisation, Person
from chuangwen.organisations.queries import held_on


def resetting(person: Person) -> Question | None:
    """Nobody loses anything by a slip where no password was set yet."""
    if not person.is_active or not person.has_usable_password():
        return None
    facts = (
        "原密码马上不能用，已登录的都退出。",
        f"给出一张新的激活单，14{NBSP}天内有效，只显示这一次，交给本人重设密码。",
        "原密码不能恢复。",
    )
    return _of_account("重置密码", person, facts)


def stopping(actor: Person, person: Person) -> Question | None:
    if person.pk == actor.pk:
        return None
    if not person.is_active:
        return _of_account("停用账号", person, over=f"{person.name}的账号已经停用，没有再停用一次。")
    posts = person.memberships.filter(held_on(timezone.localdate())).select_related("organisation").order_by("id")
    held = "、".join(f"{post.organisation.name}{post.get_role_display()}" for post in posts)
    facts = (
        "已登录的马上退出，密码和激活单作废。",
        f"{posts.count()}{NBSP}个任职还留着：{held}。" if held else "没有任职。",
        "经办过的事照样留着；恢复账号以后要重印激活单，由本人重设密码。",
    )
    return _of_account("停用账号", person, facts)


def closing(unit: Organisation) -> Question | None:
    verb, what, stay = "撤销", f"“{unit.name}”", reverse("organisations:unit", args=[unit.pk])
    if unit.archived_at:
        return Question(verb, what, stay, over=f"{what}已经撤销，没有再撤销一次。")
    if what_is_left(unit):
        return None
    facts = (
        "没有下级单位和在任人员，也没有还在办的事。",
        "以后交办、设账号、定点位的责任单位，都选不到它。",
        "经办过的事、已有的记录和得分照样留着。",
    )
    return Question(verb, what, stay, facts)


def _of_account(verb: str, person: Person, facts: tuple[str, ...] = (), over: str = "") -> Question:
    what = f"：{person.name}（{person.username}）"
    return Question(verb, what, reverse("organisations:person", args=[person.pk]), facts, over)
