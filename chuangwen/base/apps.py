"""App registration."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "chuangwen.base"
    verbose_name = "基础"

    def ready(self) -> None:
        from chuangwen.base import history

        history.label(
            {
                "base.import_received": "选了文件，等待确认",
                "base.import_row_mended": "改了一行",
                "base.import_row_dropped": "去掉一行",
                "base.import_abandoned": "放弃",
                "base.import_undone": "撤回导入",
                "base.export_asked": "导出",
                "base.follow_up_tried_again": "再办一次",
            }
        )
