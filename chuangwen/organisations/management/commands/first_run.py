"""Set up an empty installation from the command line: asks what is not given, prints the administrator's slip once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.organisations import actions
from chuangwen.organisations.forms.people import FirstRunForm

QUESTIONS = {
    "installation": "平台名称（如：示例县文明创建工作平台）",
    "ground": "辖区（如：示例县）",
    "office": "创建办名称",
    "administrator": "系统管理员姓名",
    "account": "系统管理员账号",
}


class Command(BaseCommand):
    help = "初次设置：平台名称、辖区、创建办、系统管理员；打印激活单。平台已有数据时不做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name}", help=question)

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] or input(f"{question}：").strip() for name, question in QUESTIONS.items()}
        form = FirstRunForm(given)
        if not form.is_valid():
            wrong = [f"{form.fields[name].label}：{'、'.join(errors)}" for name, errors in form.errors.items()]
            raise CommandError("；".join(wrong))
        try:
            slip = actions.first_run(**form.cleaned_data)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        expires = timezone.localtime(slip.expires)
        self.stdout.write(f"平台设好了。下面的激活码只显示这一次，{expires:%Y-%m-%d} 前有效：")
        self.stdout.write(f"  姓名    {slip.person.name}\n  账号    {slip.person.username}\n  激活码  {slip.grouped}")
        self.stdout.write("请在网页 /activate/ 填账号和激活码，自己设密码。")
