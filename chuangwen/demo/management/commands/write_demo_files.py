"""manage.py write_demo_files: the Excel files of the demo, anew from the tables."""

from typing import Any

from django.core.management.base import BaseCommand

from chuangwen.demo.files import write_files


class Command(BaseCommand):
    help = "按示例表重写 chuangwen/demo_files 里的 Excel"

    def handle(self, *args: Any, **options: Any) -> None:
        for path in write_files():
            self.stdout.write(path.name)
