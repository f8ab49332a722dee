"""The page of one paper: its look, its figures with their records, its verbs."""

import re
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chuangwen.base import files
from chuangwen.documents import actions
from chuangwen.documents.models import Document
from chuangwen.documents.word import figures_in
from chuangwen.inspections.actions import correct_answer
from chuangwen.inspections.models import Answer
from chuangwen.problems.actions import take_step
from tests.documents.word.reading import opened, texts
from tests.factories.asking import surely
from tests.factories.documents import circular, finished, issued, issued_notice, notice, put_right
from tests.factories.organisations import county
from tests.factories.problems import photo

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def url(paper, name="document"):
    return reverse(f"documents:{name}", args=[paper.uuid])


def signed_in(client, person):
    client.force_login(person, backend=BACKEND)
    return client


def buttons(page):
    return [text.strip() for text in re.findall(r"<button class=\"btn(?: btn-primary)?\"[^>]*>([^<]+)</button>", page)]


def test_I1_every_figure_of_the_paper_links_to_its_row_and_each_row_to_its_records(client):
    made = finished()
    paper = circular(made)
    page = signed_in(client, made.world.office).get(url(paper)).content.decode()
    for row in paper.figures.all():
        assert f'href="#f-{row.name}"' in page
        assert f'id="f-{row.name}"' in page
        assert f'href="{row.records_url.replace("&", "&amp;")}">{row.text}</a>' in page


def test_I1_the_address_of_each_figure_opens(client):
    made = finished()
    signed_in(client, made.world.office)
    addresses = set(circular(made).figures.values_list("records_url", flat=True))
    assert {client.get(address).status_code for address in addresses} == {200}


def test_03_a_reader_who_would_see_only_a_part_of_the_rows_gets_no_link(client):
    made = finished()
    page = signed_in(client, made.world.contact).get(url(issued(circular(made), made.world))).content.decode()
    assert 'class="fig' not in page
    listed = issued_notice(made.world)
    page = signed_in(client, made.world.contact).get(url(listed)).content.decode()
    assert f'class="fig" href="{url(listed)}#problems">1</a>' in page


def test_09_a_figure_that_changed_is_marked_and_offered(client):
    made = finished()
    paper, problem, contact = circular(made), made.problems[0], made.world.station_contact
    take_step(actor=contact, problem=problem, verb="sign", client_id=uuid4())
    take_step(actor=contact, problem=problem, verb="report", client_id=uuid4(), words="已清扫", photos=[photo()])
    take_step(actor=made.world.office, problem=problem, verb="close", client_id=uuid4())
    page = signed_in(client, made.world.office).get(url(paper)).content.decode()
    assert 'href="#f-problems.closed" class="stale">0</a>' in page
    assert "改为 1</button>" in page
    client.post(url(paper, "figures-take"), {"name": "problems.closed"})
    page = client.get(url(paper)).content.decode()
    assert "stale" not in page
    assert ">33.3%</a>" in page


def test_09_what_changed_since_the_draft_is_said_above_the_paper_and_beside_the_button(client):
    made = finished()
    paper = circular(made)
    page = signed_in(client, made.world.office).get(url(paper)).content.decode()
    assert "起草后有变动" not in page
    put_right(made.world, made.problems[0])
    page = client.get(url(paper)).content.decode()
    said = "起草后有变动：3\u00a0个数字、问题清单里的 1\u00a0件。文中还是起草时的，签发前请定。"
    beside = "起草后有变动的还没有改，现在签发，印的是起草时的。"
    assert page.index(said) < page.index("公文预览") < page.index(beside) < page.index(">签发</button>")
    client.post(url(paper, "figures-take"))
    assert "起草后有变动" not in client.get(url(paper)).content.decode()


def test_what_issuing_and_voiding_mean_is_said_beside_the_buttons(client):
    made = finished()
    page = signed_in(client, made.world.office).get(url(circular(made))).content.decode()
    assert "签发后本辖区各单位都看得到。要改只能作废，另起草一份。" in page
    assert "作废后不能恢复，要重发另起草一份。" in page
    draft = notice(made.world)
    assert f"签发后{draft.unit}看得到，待它签收。" in client.get(url(draft)).content.decode()
    number = issued(draft, made.world).number_text
    assert f"{number}留在登记里不再用，看得到它的单位会看到已作废和理由。" in client.get(url(draft)).content.decode()


def test_a_refused_sealed_file_or_voiding_is_said_under_the_title_with_the_way_there(client):
    world = county()
    paper = issued_notice(world)
    signed_in(client, world.office)
    page = client.post(url(paper, "sealed"), {"file": SimpleUploadedFile("x.pdf", b"MZ program")}).content.decode()
    assert page.index(
        '盖章件没有存：这个文件打不开。盖章件收 PDF、Word（.docx）和照片。<a href="#sealed">'
    ) < page.index("公文预览")
    page = client.post(url(paper, "void"), {"client_id": uuid4(), "reason": ""}).content.decode()
    assert page.index('没有作废：作废的理由没有填。<a href="#void">') < page.index("公文预览")
    assert 'id="sealed"' in page
    assert 'id="void"' in page


def test_ui_9_each_cell_of_a_wide_table_names_its_column_and_empty_ones_are_marked(client):
    world = county()
    page = signed_in(client, world.office).get(url(notice(world))).content.decode()
    problems, slip = re.findall(r'<table class="doc-wide">.*?</table>', page, re.DOTALL)
    assert re.findall(r'data-th="(.*?)"', problems) == ["序号", "点位", "问题", "测评标准", "期限或现状", "责任人"]
    blank = [re.findall(r'<td class="blank [^"]*" data-th="(.*?)"', table) for table in (problems, slip)]
    assert blank == [["测评标准", "责任人"], ["整改措施", "整改结果", "责任人", "复核意见", "销号结论"]]


def test_ui_9_the_issuing_mark_on_the_screen_breaks_between_words_only(client):
    world = county()
    world.jurisdiction.issuer = "示例县创建全国文明城市工作领导小组办公室"
    world.jurisdiction.save()
    page = signed_in(client, world.office).get(url(notice(world))).content.decode()
    mark = "<span>示例县创建全国文明城市</span><span>工作领导小组办公室</span>"
    assert f'<p class="issuer">{mark}</p>' in page
    assert f'<p class="doc-signed">{mark}<br>' in page


def test_issuing_on_the_page_gives_the_number_and_freezes(client):
    made = finished()
    paper = circular(made)
    signed_in(client, made.world.office)
    given = {"signer": "周文清", "dated_on": "2026-11-25", "number": "", "client_id": uuid4()}
    assert surely(client, url(paper, "issue"), given).status_code == 302
    page = client.get(url(paper)).content.decode()
    assert "示文明办〔2026〕1号" in page
    assert buttons(page) == ["存盖章件", "作废 示文明办〔2026〕1号"]


def test_14_a_number_ahead_says_which_are_left_out_before_it_is_given(client):
    world = county()
    issued_notice(world)
    paper, year = notice(world), timezone.localdate().year
    signed_in(client, world.office)

    def facts(serial) -> str:
        given = {"signer": "周文清", "dated_on": "2026-11-25", "number": f"示文明办〔{year}〕{serial}号"}
        return "".join(client.post(url(paper, "issue"), given | {"client_id": uuid4()}).context["question"].facts)

    assert "2—29号空着，以后自动编号从31号起。" in facts(30)
    assert "2号空着，以后自动编号从4号起。" in facts(3)
    assert "空着" not in facts(2)


def test_a_refused_number_says_so_at_its_field_at_the_first_press_and_keeps_what_was_typed(client):
    world = county()
    issued_notice(world)
    paper = notice(world)
    given = {"signer": "周文清", "dated_on": "2026-11-25", "number": "示文明办〔2026〕1号", "client_id": uuid4()}
    page = signed_in(client, world.office).post(url(paper, "issue"), given).content.decode()
    assert "请换一个文号。" in page
    assert 'value="示文明办〔2026〕1号"' in page
    assert Document.objects.get(pk=paper.pk).state == "draft"


def test_the_download_is_the_frozen_file(client):
    made = finished()
    paper = issued(circular(made), made.world)
    answer = signed_in(client, made.world.contact).get(url(paper, "file"))
    assert answer.content == files.read(paper.file)
    assert answer.headers["Content-Type"] == files.DOCX


def test_14_a_voided_paper_says_so_on_the_page_in_its_files_and_in_their_names(client):
    world = county()
    paper = issued_notice(world)
    actions.void(actor=world.office, document=paper, client_id=uuid4(), reason="发文对象写错")
    today = timezone.localdate()
    why = f"{today.year}年{today.month}月{today.day}日作废，理由：发文对象写错"
    page = signed_in(client, world.contact).get(url(paper)).content.decode()
    assert f'<p class="doc-void"><b>作废</b>　{why}</p>' in page
    for name, title in (("file", "整改通知书"), ("slip", "整改回执")):
        answer = client.get(url(paper, name))
        section = opened(answer.content).sections[0]
        heads = [section.header, section.even_page_header]
        assert [head.paragraphs[0].text for head in heads] == [f"作废　{why}"] * 2
        assert f"''作废 {paper.number_text} {title}" in unquote(answer.headers["Content-Disposition"])
    assert texts(client.get(url(paper, "file")).content) == texts(files.read(paper.file))


def test_14_the_slip_on_the_page_is_filled_as_the_file_is(client):
    world = county()
    paper = issued_notice(world)
    problem = world.bureau.problems.get()
    actions.sign(actor=world.contact, document=paper, client_id=uuid4())
    take_step(actor=world.contact, problem=problem, verb="report", client_id=uuid4(), words="已清扫", photos=[photo()])
    page = signed_in(client, world.contact).get(url(paper)).content.decode()
    assert f"签收人：示例县城管局 {world.contact.name}　　签收时间：" in page
    slip = re.findall(r'<table class="doc-wide">.*?</table>', page, re.DOTALL)[1]
    assert re.search(r'data-th="整改措施">已清扫\s*</td>', slip)


def test_the_download_of_a_draft_is_the_paper_as_it_reads_now(client):
    made = finished()
    paper = circular(made)
    answer = signed_in(client, made.world.office).get(url(paper, "file"))
    assert figures_in(answer.content) == {row.name: row.text for row in paper.figures.all()}


def test_14_the_contact_signs_on_the_page(client):
    world = county()
    paper = issued_notice(world)
    signed_in(client, world.contact)
    before = client.get(url(paper)).content.decode()
    assert buttons(before) == ["签收"]
    assert "所列问题还没有签收的 1\u00a0件，一并签收。" in before
    client.post(url(paper, "sign"), {"client_id": uuid4()})
    page = client.get(url(paper)).content.decode()
    assert buttons(page) == []
    assert f"示例县城管局 {world.contact.name}" in page
    assert "签收，所列问题 1\u00a0件一并签收</p>" in page


def test_6_owner_leader_and_office_see_it_strangers_do_not(client):
    world = county()
    neighbour = county("邻县", tenant=world.tenant)
    elsewhere = county("别县")
    paper = issued_notice(world)
    people = [world.office, world.contact, world.leader, world.other_contact, neighbour.office, elsewhere.office]
    found = [signed_in(client, person).get(url(paper)).status_code for person in people]
    assert found == [200, 200, 200, 404, 404, 404]


def test_6_a_draft_is_the_offices_alone(client):
    made = finished()
    paper = circular(made)
    people = [made.world.office, made.world.contact, made.world.leader]
    assert [signed_in(client, person).get(url(paper)).status_code for person in people] == [200, 404, 404]


def test_an_issued_circular_is_seen_by_every_unit_of_the_jurisdiction(client):
    made = finished()
    paper = issued(circular(made), made.world)
    neighbour = county("邻县", tenant=made.world.tenant)
    people = [made.world.other_contact, made.world.leader, neighbour.contact]
    assert [signed_in(client, person).get(url(paper)).status_code for person in people] == [200, 200, 404]


def test_hostile_words_are_text_on_the_page(client):
    world = county()
    paper = notice(world)
    paper.facts["problems"]["rows"][0]["finding"] = "<script>alert(1)</script>{{ 7*7 }}"
    paper.save()
    page = signed_in(client, world.office).get(url(paper)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
    assert "<script>alert" not in page


def test_the_page_asks_as_often_for_three_problems_as_for_one(client):
    world = county()
    few, many = notice(world, count=1), notice(world, count=3)
    signed_in(client, world.office).get(url(few))
    counts = []
    for paper in (few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(url(paper))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_refused_issue_still_says_which_number_comes_next(client):
    made = finished()
    paper = circular(made)
    page = signed_in(client, made.world.office).post(url(paper, "issue"), {"client_id": uuid4()}).content.decode()
    assert "签发人没有填。" in page
    assert f"不填就是 示文明办〔{timezone.localdate().year}〕1号" in page


def test_A1_a_draft_says_beforehand_that_its_round_waits_and_leads_there(client):
    made = finished(released=False)
    page = signed_in(client, made.world.office).get(url(circular(made))).content.decode()
    there = reverse("inspections:round", args=[made.round.uuid])
    waits = f'{made.round.name}还没有公开，先公开这一轮，才能签发通报。<a href="{there}">去公开</a>'
    assert page.count(waits) == 1
    assert page.index(waits) < page.index("文中的数字")


def test_A1_a_refused_issue_says_why_under_the_title(client):
    made = finished(released=False)
    given = {"signer": "周文清", "dated_on": "2026-11-25", "number": "", "client_id": uuid4()}
    page = signed_in(client, made.world.office).post(url(circular(made), "issue"), given).content.decode()
    why = "还没有公开，通报一发各单位就都看到了。"
    assert page.count(why) == 1
    assert page.index("</h1>") < page.index(why) < page.index("文中的数字")


def test_the_draft_of_a_released_round_waits_for_nothing(client):
    made = finished()
    page = signed_in(client, made.world.office).get(url(circular(made))).content.decode()
    assert "去公开" not in page


def test_B4_the_button_stands_under_its_fields(client):
    made = finished()
    page = signed_in(client, made.world.office).get(url(circular(made))).content.decode()
    assert page.count(">签发</button>") == 1
    assert page.index('name="number"') < page.index(">签发</button>") < page.index("作废的理由")


def test_a_draft_names_the_problems_whose_record_was_corrected_and_are_listed_all_the_same(client):
    made = finished()
    problem = made.problems[0]
    answer = Answer.objects.get(uuid=problem.source_uuid)
    given = {"actor": made.world.office, "client_id": uuid4(), "reason": "看错了", "kept": "归物业"}
    correct_answer(answer=answer, mark=Answer.Mark.QUALIFIED, **given)
    paper = circular(made)
    page = signed_in(client, made.world.office).get(url(paper))
    assert [(row.problem, row.kept) for row in page.context["outlived"]] == [(problem, "归物业")]
    assert f"{problem.number}</a> 的原记录已经更正，得分里不扣，这里还照列（照办：归物业）。" in page.content.decode()
    sent = {"signer": "周文清", "dated_on": timezone.localdate(), "client_id": uuid4()}
    asked = client.post(url(paper, "issue"), sent).context["question"]
    assert f"问题 {problem.number}（照办：归物业）的原记录已经更正，得分里不扣，这里还照列。" in asked.facts
