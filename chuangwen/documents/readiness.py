"""What a paper lacks before it can be issued."""

from chuangwen.base.errors import Refused
from chuangwen.base.templatetags.words import day
from chuangwen.documents import figures
from chuangwen.documents.models import Document
from chuangwen.documents.queries import Number, holder_of, read_number
from chuangwen.inspections import queries as queries_of_rounds
from chuangwen.inspections.models import Round
from chuangwen.inspections.queries import Outlived
from chuangwen.organisations.models import Jurisdiction, Person


def outlived(person: Person, paper: Document) -> list[Outlived]:
    """The problems a circular counts and lists though their record has been corrected away."""
    round = figures.round_of(person, paper) if paper.kind == Document.Kind.CIRCULAR else None
    if round is None:
        return []
    listed = set(figures.listed_in(paper))
    return [row for row in queries_of_rounds.outlived(paper.tenant_id, [round]) if str(row.problem.uuid) in listed]


def said_of(rows: list[Outlived]) -> str:
    """Those problems by their numbers, with why one goes on; empty where there are none."""
    named = "、".join(row.problem.number + (f"（照办：{row.kept}）" if row.kept else "") for row in rows)
    return f"问题 {named}的原记录已经更正，得分里不扣，这里还照列" if rows else ""


def may_issue(actor: Person, paper: Document, signer: str) -> None:
    """Refused, with what is missing, when the paper cannot be issued now."""
    if not signer.strip():
        raise Refused("签发人没有填。写谁签的字。", field="signer")
    if paper.kind == Document.Kind.CIRCULAR:
        round = figures.round_of(actor, paper)
        if round and round.state != Round.State.RELEASED:
            raise Refused(f"{round.name}还没有公开，通报一发各单位就都看到了。先在轮次页公开，再签发。")
        if not paper.content.get("addressee"):
            raise Refused("主送没有填。点“改文字”补上。")
    elif not (paper.content.get("contact") and paper.content.get("phone")):
        raise Refused("联系人或电话没有填。点“改文字”补上，单位才知道问谁。")


def free_number(jurisdiction: Jurisdiction, text: str) -> Number:
    """A number typed in by hand; refused when it is none, or somebody has it."""
    number = read_number(text)
    if number is None:
        raise Refused(f"“{text}”不是发文字号。照 示创建办〔2026〕7号 的样子写；不填就依次编。", field="number")
    refuse_taken(jurisdiction, number)
    return number


def refuse_taken(jurisdiction: Jurisdiction, number: Number) -> None:
    """Refused, with who has it, when a number was given before."""
    holder = holder_of(jurisdiction, number)
    if holder is None:
        return
    whose = f"《{holder.document.title}》" if holder.document else "别的公文"
    fate = f"，已作废（{holder.void_reason}），作废的文号不再用" if holder.void_reason else ""
    raise Refused(f"{number}在 {day(holder.given_at)} 给了{whose}{fate}。请换一个文号。", field="number")
