"""App registration."""

from django.apps import AppConfig

LABELS = {
    "standards.standard_created": "新建",
    "standards.settings_changed": "改设置",
    "standards.draft_begun": "起草新版本",
    "standards.draft_discarded": "删掉草稿",
    "standards.version_published": "发布",
    "standards.tree_replaced": "从体系文件导入",
    "standards.tree_imported": "从 Excel 导入",
    "standards.columns_mapped": "认列，从现有表格读出",
    "standards.indicator_added": "新增指标",
    "standards.indicator_changed": "修改指标",
    "standards.indicator_moved": "移动指标",
    "standards.indicator_deleted": "删掉指标",
    "standards.criterion_added": "新增测评标准",
    "standards.criterion_changed": "修改测评标准",
    "standards.rules_decided_alike": "原话一样的一起定规则",
    "standards.criterion_moved": "移动测评标准",
    "standards.criterion_deleted": "删掉测评标准",
    "standards.step_undone": "退回一步",
}


class StandardsConfig(AppConfig):
    name = "chuangwen.standards"
    verbose_name = "测评体系"

    def ready(self) -> None:
        from chuangwen.base import history, imports
        from chuangwen.standards.workbooks import IMPORT
        from chuangwen.standards.workbooks.tables import TABLES

        imports.register(IMPORT)
        imports.register(TABLES)
        imports.name_uses({"standards.standard": "测评体系"})
        history.label(LABELS)
