"""manage.py rebuild_sums ROUND: the kept sums of a round made anew from its answers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chuangwen.inspections.models import Round
from chuangwen.scores.keeping import rebuild


class Command(BaseCommand):
    help = "按记录重算一轮的合计"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", help="轮次的 uuid")

    def handle(self, *args: Any, **options: Any) -> None:
        round = Round.objects.select_related("version").get(uuid=options["round"])
        self.stdout.write(f"{round.name}：重算 {rebuild(round)} 行")
