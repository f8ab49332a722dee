"""App registration."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "chuangwen.documents"
    verbose_name = "公文"

    def ready(self) -> None:
        from chuangwen.base import exports, files, history
        from chuangwen.documents import queries, workbooks
        from chuangwen.documents.models import Document

        exports.register(workbooks.PAPERS)
        exports.register(workbooks.NUMBERS)
        files.rule(Document, lambda person, key: queries.visible_to(person).filter(pk=key).exists())
        history.label(
            {
                "documents.drafted": "起草",
                "documents.words_changed": "改文字",
                "documents.figures_taken": "改数字",
                "documents.issued": "签发",
                "documents.voided": "作废",
                "documents.signed": "签收",
                "documents.sealed_kept": "存盖章件",
            }
        )
