"""Excel of papers and of the register of numbers (docs/formats/documents.md)."""

from django.http import QueryDict
from django.utils import timezone

from chuangwen.base.exports import ExportSpec
from chuangwen.base.workbooks import Column
from chuangwen.documents import queries
from chuangwen.documents.models import Document, DocumentNumber
from chuangwen.organisations.models import Person, Role
from chuangwen.organisations.queries import scope_of


def _issued_on(paper: Document | None) -> object:
    return timezone.localtime(paper.issued_at).date() if paper and paper.issued_at else None


def _signed(paper: Document) -> str:
    if paper.signed_at is None:
        return ""
    return f"{paper.signed_by_label} {timezone.localtime(paper.signed_at):%Y-%m-%d %H:%M}"


def _fate(row: DocumentNumber) -> str:
    return "已作废" if row.void_reason else "有效"


PAPERS = ExportSpec(
    kind="documents",
    title="公文",
    columns=(
        Column("number", "发文字号", lambda row: row.number_text, width=24),
        Column("title", "标题", lambda row: row.title, width=44),
        Column("kind", "种类", lambda row: row.get_kind_display(), width=14),
        Column("state", "状态", lambda row: row.get_state_display(), width=10),
        Column("unit", "发给", lambda row: row.unit.name if row.unit else "", width=26),
        Column("dated_on", "成文日期", lambda row: row.dated_on, width=12),
        Column("signer", "签发人", lambda row: row.signer, width=12),
        Column("issued_on", "签发日期", _issued_on, width=12),
        Column("signed", "签收", _signed, width=36),
    ),
    rows=lambda person, query: queries.listed(person, query).order_by("-id"),
    permission=lambda person: bool(scope_of(person).roles & {Role.OFFICE, Role.CONTACT, Role.LEADER}),
    words=lambda person, query: queries.filter_of(query).words(),
)


def _number_words(person: Person, query: QueryDict) -> str:
    return queries.filter_of(query).words().replace("已签发", "有效")


def _numbers(person: Person, query: QueryDict) -> object:
    return queries.listed_numbers(person, query).order_by("-year", "word", "-serial", "-id")


NUMBERS = ExportSpec(
    kind="document-numbers",
    title="发文字号登记",
    columns=(
        Column("number", "发文字号", str, width=24),
        Column("year", "年份", lambda row: row.year, width=8),
        Column("serial", "序号", lambda row: row.serial, width=8),
        Column("title", "标题", lambda row: row.document.title if row.document else "", width=44),
        Column("given_on", "编号日期", lambda row: timezone.localtime(row.given_at).date(), width=12),
        Column("signer", "签发人", lambda row: row.document.signer if row.document else "", width=12),
        Column("by_hand", "怎样编的", lambda row: "手工填" if row.by_hand else "依次编", width=10),
        Column("fate", "状态", _fate, width=10),
        Column("reason", "作废原因", lambda row: row.void_reason, width=36),
    ),
    rows=_numbers,
    permission=lambda person: Role.OFFICE in scope_of(person).roles,
    words=_number_words,
)
