"""manage.py make_demo: both demo installations, and the list of accounts in the data folder."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chuangwen.base.models import Tenant
from chuangwen.demo import bureau, county, playing

BUREAU = (
    ("ju", "创建办"),
    ("ju-p1", "包片领导"),
    ("ju-d1", "测评员，用手机"),
    ("ju-10", "公司联络员"),
    ("ju-1001", "收费站联络员"),
    ("ju-sys", "系统管理员"),
)
COUNTY = (
    ("xian", "创建办"),
    ("xian-p1", "包片领导"),
    ("xian-c1", "测评员，用手机"),
    ("xian-100", "县城管局联络员"),
    ("xian-101", "县住建局联络员"),
    ("xian-104", "县市场监管局联络员"),
    ("xian-sys", "系统管理员"),
)


class Command(BaseCommand):
    help = "做两套演示数据"

    def handle(self, *args: Any, **options: Any) -> None:
        if Tenant.objects.exists():
            raise CommandError("库里已有数据，不做演示数据。换一个空的数据目录（CHUANGWEN_DATA）再做。")
        text = "\n\n".join(
            (
                listed(bureau.INSTALLATION, playing.play_bureau(self.stdout.write), BUREAU),
                listed(county.INSTALLATION, playing.play_county(self.stdout.write), COUNTY),
            )
        )
        (settings.DATA / "accounts.txt").write_text(text + "\n", encoding="utf-8")


def listed(installation: str, password: str, accounts: tuple[tuple[str, str], ...]) -> str:
    """The accounts of one installation as the demo prints them."""
    rows = "\n".join(f"  {account:<10}{what}" for account, what in accounts)
    return f"{installation}（密码都是 {password}）\n{rows}"
