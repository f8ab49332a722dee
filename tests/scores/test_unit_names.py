"""Pages call a unit by its short name, papers and sheets by its full one."""

from chuangwen.organisations.models import Organisation
from chuangwen.scores import divisions, queries
from tests.factories.organisations import client_of
from tests.factories.scoring import answer, tell

OK = 1


def test_a_ranking_has_both_and_the_page_shows_the_short_one(scored) -> None:
    unit = scored.first.unit
    Organisation.objects.filter(pk=unit.pk).update(name="示例县城市管理局", short_name="县城管")
    answer(scored.first, "signs", OK)
    tell(scored.first, later=True)
    row = next(row for row in queries.ranking(scored.round) if row.subject_id == unit.pk)
    assert (row.name, row.shown) == ("示例县城市管理局", "县城管")
    text = client_of(scored.world.office).get(f"/scores/{scored.round.uuid}/?unit={unit.pk}").content.decode()
    assert ("县城管" in text, "示例县城市管理局" in text) == (True, False)


def test_a_unit_called_otherwise_then_keeps_that_name(scored) -> None:
    unit = scored.first.unit
    Organisation.objects.filter(pk=unit.pk).update(short_name="县城管")
    assert divisions.shown_names("unit", {unit.pk: "示例县市容局"}) == {unit.pk: "示例县市容局"}
