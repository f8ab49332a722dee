"""The draw 抽样: from today's frame, seeded, stored with everything needed to repeat it."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from chuangwen.base.errors import Refused
from chuangwen.base.events import record
from chuangwen.inspections import queries
from chuangwen.inspections.actions.rounds import locked, require
from chuangwen.inspections.models import FrameRow, Round, Visit
from chuangwen.inspections.queries.frames import sites_of
from chuangwen.organisations.models import Person
from chuangwen.places.models import Place
from rulebook import sampling


@transaction.atomic
def draw(
    *,
    actor: Person,
    round: Round,
    quota: queries.Quota,
    seed: str = "",
    must: Collection[str] = (),
    at_least: int = 1,
) -> Round:
    """Draw the round's places; drawn again before the start, the former draw is dropped.

    quota: how many in all (shared among the types in proportion), or how many of each type, by type code. As many
    are drawn, neither more nor fewer: what cannot be kept is refused, with the number it would come to.
    seed: given, or made here. must: codes of places always examined 逢检必到, counted within the quota.
    at_least: how many places each type gets at least, always examined ones counted (a quota in all only).
    """
    round = locked(round)
    require(round, Round.State.DRAFT)
    frame = list(queries.places_of_frame(round).order_by("code"))
    if not frame:
        raise Refused("没有可抽的点位：名册里没有这套体系要测的类型。先导入点位，或换一套测评体系。")
    rows = [_row(round, place, place.code in must) for place in frame]
    least = queries.least_of(rows, quota, at_least)
    _check(quota, frame)
    _check_certain(quota, rows, least, at_least)
    seed = seed.strip() or made_seed()
    chosen = queries.choose(rows, quota, seed, least)
    _forget(round)
    _keep(round, rows, chosen, seed)
    _make_visits(round, frame, chosen)
    round.seed, round.drawn_at = seed, timezone.now()
    round.draw = {**_how(rows, chosen, quota, actor), "least": least}
    round.save(update_fields=["seed", "drawn_at", "draw"])
    data = {"round": round.pk, "count": len(chosen), "frame": len(rows), "hash": round.draw["hash"], "seed": seed}
    record("inspections.round_drawn", actor=actor, targets=[round], data=data)
    return round


def made_seed() -> str:
    """Today's date and eight digits of chance: short enough to read out before witnesses."""
    return f"{timezone.localdate():%Y%m%d}-{secrets.token_hex(4).upper()}"


def _check(quota: queries.Quota, frame: list[Place]) -> None:
    total = quota if isinstance(quota, int) else sum(quota.values())
    if total < 1:
        raise Refused("抽几处没有填。填总数，或按类型填。", field="quota")
    if total > len(frame):
        raise Refused(f"名册里能抽的只有 {len(frame)} 处，不能抽 {total} 处。改小一些。", field="quota")


def _check_certain(quota: queries.Quota, rows: list[FrameRow], least: sampling.Least, at_least: int) -> None:
    """What has to be drawn whatever the luck must fit into the quota."""
    if isinstance(quota, int):
        smallest = sampling.smallest(sites_of(rows), least)
        if smallest <= quota:
            return
        if least == 0:
            raise Refused(f"逢检必到的有 {smallest} 处，多于要抽的 {quota} 处。必到的算在总数内。", field="quota")
        raise Refused(
            f"每类至少 {at_least} 处、必到的算在内，要抽 {smallest} 处，多于填写的 {quota} 处。", field="quota"
        )
    sure = Counter(row.stratum for row in rows if row.must)
    over = [row for row in rows if sure[row.stratum] > quota.get(row.stratum, 0)]
    if over:
        kind = over[0].place.type
        said = f"{kind.name}填的是 {quota.get(kind.code, 0)} 处，必到的已有 {sure[kind.code]} 处"
        raise Refused(f"{said}。必到的算在各类的数内，改大这一类的数。", field="must")


def _row(round: Round, place: Place, must: bool) -> FrameRow:
    fields = {"place_code": place.code, "stratum": place.type.code, "unit_code": place.owner.code, "must": must}
    return FrameRow(round=round, place=place, position=0, **fields)


def _forget(round: Round) -> None:
    """Drop the former draw; what was added by hand stays."""
    FrameRow.objects.filter(round=round).delete()
    drawn = (Visit.Origin.DRAWN, Visit.Origin.CERTAIN, Visit.Origin.REPLACEMENT)
    Visit.objects.filter(round=round, replaces__isnull=False).delete()
    Visit.objects.filter(round=round, origin__in=drawn).delete()


def _keep(round: Round, rows: list[FrameRow], chosen: Mapping[str, bool], seed: str) -> None:
    """Store the frame with each place's position in the seeded order of its stratum."""
    by_type: dict[str, list[FrameRow]] = {}
    for row in rows:
        row.drawn, row.certain = row.place_code in chosen, chosen.get(row.place_code, False)
        by_type.setdefault(row.stratum, []).append(row)
    for members in by_type.values():
        order = {site.code: at for at, site in enumerate(sampling.order(seed, sites_of(members)), start=1)}
        for row in members:
            row.position = order[row.place_code]
    FrameRow.objects.bulk_create(rows, batch_size=500)


def _make_visits(round: Round, frame: list[Place], chosen: Mapping[str, bool]) -> None:
    added = set(round.visits.values_list("place_id", flat=True))
    origins = {False: Visit.Origin.DRAWN, True: Visit.Origin.CERTAIN}
    left = [place for place in frame if place.code in chosen and place.pk not in added]
    visits = [new_visit(round, place, origin=origins[chosen[place.code]]) for place in left]
    Visit.objects.bulk_create(visits, batch_size=500)


def new_visit(round: Round, place: Place, **fields: object) -> Visit:
    """A visit with the place's type, owner and region of today."""
    return Visit(
        tenant_id=round.tenant_id,
        round=round,
        place=place,
        place_type_id=place.type_id,
        unit_id=place.owner_id,
        region_id=place.region_id,
        **fields,
    )


def _how(rows: list[FrameRow], chosen: Mapping[str, bool], quota: queries.Quota, actor: Person) -> dict[str, object]:
    strata: dict[str, list[int]] = {}
    for row in rows:
        sizes = strata.setdefault(row.stratum, [0, 0])
        sizes[0] += 1
        sizes[1] += row.place_code in chosen
    return {
        "hash": sampling.frame_hash(sites_of(rows)),
        "quota": quota if isinstance(quota, int) else dict(quota),
        "strata": strata,
        "by": actor.pk,
    }
