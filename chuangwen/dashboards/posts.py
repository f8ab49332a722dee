"""Accounts without a to-do list: what each is for, which pages it has, which will come, and whom to ask."""

from dataclasses import dataclass

from chuangwen.organisations.models import Person, Role


@dataclass(frozen=True)
class Post:
    """What one role does here; pages: (label, URL name, what for) that are there, coming: those that are not yet."""

    role: Role
    purpose: str
    pages: tuple[tuple[str, str, str], ...]
    coming: tuple[tuple[str, str], ...]
    meanwhile: str


POSTS = {
    post.role: post
    for post in (
        Post(
            Role.SUPERVISOR,
            "在外面看到不文明的现象，拍一张照片、写一句话，报给创建办。",
            (),
            (("反映问题", "一张照片、一句话"), ("我反映的", "每一件办到哪一步")),
            "看到问题先告诉创建办，由创建办记进问题台账。",
        ),
        Post(
            Role.SYSTEM,
            "管账号，看系统有没有没做完的事。不办创建的业务，也看不到业务的记录。",
            (
                ("人员账号", "organisations:people", "开账号、给角色、发激活单、停用"),
                ("自动事项", "base:follow-ups", "平台自动接着办、还没有办完的，可以再办一次"),
            ),
            (("备份", "数据的备份和恢复"), ("更新", "版本和更新")),
            "备份和更新现在在服务器上做，办法见安装说明。",
        ),
        Post(
            Role.SECURITY,
            "管口令和登录的规则，核对各人的角色。与系统管理员、审计管理员分设，互不兼任。",
            (),
            (("角色", "谁有什么角色，从哪天起"), ("口令", "口令和登录的规则")),
            "角色现在由创建办和系统管理员在“人员账号”里给。",
        ),
        Post(
            Role.AUDIT,
            "查日志：谁在什么时候办了什么。只看不办。",
            (),
            (("日志", "按人、按日子、按事项查"),),
            "每一步办理现在都已记下，日志的页面做好以后，从头都查得到。",
        ),
    )
}


def posts_of(person: Person) -> list[Post]:
    """The person's posts that have no to-do list, in the order above; empty for an account without a role today."""
    return [post for role, post in POSTS.items() if role in person.roles]
