"""From units to lines: numbered standards of a cell become several lines, or parts of one; points are given out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from rulebook.scoring.exact import decimal, plain
from rulebook.tables.codes import read_code
from rulebook.tables.found import Level, Line, Name, Options, Path
from rulebook.tables.grid import Cell
from rulebook.tables.levels import Levels
from rulebook.tables.methods import methods_in, places_in, written
from rulebook.tables.numbered import Item, Numbered, apart, by_number
from rulebook.tables.plaintext import distinct, one_line
from rulebook.tables.points import number, said
from rulebook.tables.rows import Unit, Units
from rulebook.tables.units import lead_and_assist

LEAD = 40  # signs; a longer introduction goes into the remarks instead of before each item


class Splitting:
    """The units of one section on their way to lines."""

    def __init__(self, units: Units, options: Options) -> None:
        self.levels, self.options = units.levels, options
        self.units = _with_text(units)
        self.beside = Counter(unit.path for unit in self.units)
        held = Counter((unit.layout, cell) for unit in self.units for cell in unit.cells.get("points", ()))
        self.shared = {key for key, times in held.items() if times > 1}

    def lines(self) -> list[Line]:
        found: list[Line] = []
        for group in self._groups():
            if len(group) > 1 and self._is_whole(group):
                found.append(self._whole(group))
                continue
            lines = [line for unit in group for line in self._one(unit)]
            if len(group) > 1:
                self._give_out(lines, number(group[0].said("points")), "同一格分值的几条")
            found += lines
        self._points_of_levels(found)
        return found

    def _groups(self) -> Iterable[list[Unit]]:
        """Units one by one; those under one cell of points together."""
        at = 0
        while at < len(self.units):
            end, cell = at + 1, self._shared_cell(self.units[at])
            while cell and end < len(self.units) and self._shared_cell(self.units[end]) == cell:
                end += 1
            yield self.units[at:end]
            at = end

    def _is_whole(self, group: list[Unit]) -> bool:
        """Are the units under one cell of points parts of one line: nothing says what each is worth?"""
        apart_asked = self.options.split == "each" or self.options.share
        return not apart_asked and not all(_own_points(unit.text) for unit in group)

    def _shared_cell(self, unit: Unit) -> tuple[object, Cell] | None:
        cells = unit.cells.get("points", ())
        key = (unit.layout, cells[0]) if len(cells) == 1 else None
        return key if key in self.shared else None

    def _one(self, unit: Unit) -> list[Line]:
        """The lines of one unit: several when its numbered standards can stand alone."""
        parts = apart(unit.text)
        line = self._line(unit, unit.text, [parts.grades])
        if len(parts.items) < 2 or self.options.split == "one":
            return [line if parts.items else _with_code(line)]
        grades = bool(parts.grades) or bool(apart(unit.said("rule")).grades)
        stated = all(_own_points(item.text) for item in parts.items)
        if self.options.split == "each" or (not grades and (stated or not self._has_points(unit))):
            return self._apart(unit, parts, line)
        line.items = tuple(_with_method(item, by_number(unit.said("method"))) for item in parts.items)
        if not grades:
            line.notes.append(f"{line.points or '这些'} 分管着 {len(line.items)} 项，没有写每项几分，合成一条")
        return [line]

    def _has_points(self, unit: Unit) -> bool:
        """Is there a number of points for the unit as a whole, in its cell or at the level it stands alone under?"""
        alone = self.beside[unit.path] == 1 and unit.path in self.levels.given
        return bool(number(unit.said("points"))) or (alone and bool(self.levels.given[unit.path].points))

    def _apart(self, unit: Unit, parts: Numbered, whole: Line) -> list[Line]:
        """A line for each numbered standard; cells that number their words too say them each to its own."""
        methods, rules, evidence = (by_number(unit.said(role)) for role in ("method", "rule", "evidence"))
        lead = parts.lead if parts.lead.endswith(("：", ":")) and len(parts.lead) <= LEAD else ""
        found = []
        for item in parts.items:
            line = replace(whole, label=item.mark, text=lead + item.text, points=_own_points(item.text), notes=[])
            line.rule = "\n".join(distinct([rules.get(0, ""), rules.get(item.number, ""), parts.grades]))
            line.evidence = "\n".join(distinct([evidence.get(0, ""), evidence.get(item.number, "")]))
            _say_method(line, methods.get(item.number, methods.get(0, "")))
            if parts.lead and not lead:
                line.remarks = "\n".join(distinct([parts.lead, line.remarks]))
            found.append(line)
        self._give_out(found, whole.points, f"一格里 {len(found)} 条")
        return found

    def _whole(self, group: list[Unit]) -> Line:
        """Cells under one cell of points: the parts of one line."""
        first = group[0]
        unit = Unit(first.path, first.layout, first.first, group[-1].last, [one.text for one in group])
        for one in group:
            for role, cells in one.cells.items():
                unit.cells[role] = list(dict.fromkeys([*unit.cells.get(role, ()), *cells]))
        line = self._line(unit, unit.text, [])
        line.points, line.items = number(unit.said("points")), tuple(one_line(one.text) for one in group)
        line.notes.append(f"{line.points or '一格'} 分管着 {len(group)} 格，没有写每格几分，合成一条")
        return line

    def _line(self, unit: Unit, text: str, rules: list[str]) -> Line:
        lead, assist = lead_and_assist(unit.said("lead"))
        _, more = lead_and_assist(f"配合单位：{unit.said('assist')}") if unit.said("assist") else ([], [])
        line = Line(
            path=self._path(unit.path),
            text=text,
            where=unit.where,
            source=unit.source,
            label=one_line(unit.said("number")),
            places=unit.said("places"),
            weight=number(unit.said("weight")),
            rule="\n".join(distinct([*rules, unit.said("rule")])),
            evidence=unit.said("evidence"),
            lead=tuple(lead),
            assist=tuple(distinct([*assist, *more])),
            remarks=unit.said("remarks"),
        )
        _say_method(line, unit.said("method"))
        self._points(line, unit)
        return line

    def _points(self, line: Line, unit: Unit) -> None:
        """The cell's number, else what the text says of itself."""
        cell = "" if self._shared_cell(unit) else unit.said("points")
        own = _own_points(line.text) or _own_points(line.rule)
        line.points = number(cell) or own
        if cell and not number(cell):
            line.notes.append(f"分值写的是“{one_line(cell)[:20]}”，不是一个数")
        elif number(cell) and own and decimal(number(cell)) != decimal(own):
            line.notes.append(f"分值一列是 {number(cell)}，文中写的是 {own}")

    def _path(self, path: Path) -> tuple[Level, ...]:
        """The indicators of a path; points and weights are put in when all rows are read."""
        return tuple(Level(label, name) for label, name in path)

    def _points_of_levels(self, lines: list[Line]) -> None:
        """Points of the lowest indicator go to its only line; to several lines only when they are to be shared out."""
        groups: dict[Path, list[Line]] = {}
        for line in lines:
            groups.setdefault(names(line.path), []).append(line)
        for path, found in groups.items():
            given = self.levels.given.get(path)
            if not given or not given.points or any(line.points for line in found):
                continue
            if len(found) == 1:
                found[0].points = given.points
            else:
                self._give_out(found, given.points, f"“{path[-1][1]}”下面 {len(found)} 条")

    def _give_out(self, lines: list[Line], points: str, what: str) -> None:
        """Points of a whole for its lines: as their texts say; evenly when asked; else nobody gets any."""
        if not points:
            return
        if all(line.points for line in lines):
            total = sum((decimal(line.points) for line in lines), start=Fraction(0))
            if total != decimal(points):
                lines[0].notes.append(f"{what}，各条合计 {plain(total, 0)}，写的是 {points}")
        elif self.options.share and not any(line.points for line in lines):
            for line, part in zip(lines, even(points, len(lines)), strict=True):
                line.points = part
        else:
            for line in lines:
                if not line.points:
                    line.notes.append(f"{what}共 {points} 分，没有写每条几分")


def names(path: tuple[Level, ...]) -> Path:
    return tuple((level.label, level.name) for level in path)


def even(points: str, parts: int) -> list[str]:
    """Points in even parts of two places that add up exactly; the last ones take what is over."""
    digits = max(2, len(points.partition(".")[2]))
    size, over = divmod(int(decimal(points) * 10**digits), parts)
    return [plain(Fraction(one, 10**digits), 0) for one in [size] * (parts - over) + [size + 1] * over]


def _with_code(line: Line) -> Line:
    """A code before the text is the line's label."""
    code = None if line.label else read_code(line.text)
    if code and code.rest:
        line.label, line.text = code.text, code.rest
    return line


def _own_points(text: str) -> str:
    """The one number of points a text says of itself."""
    found = [one.number for one in said(text) if not one.is_weight]
    return found[0] if len(found) == 1 else ""


def _with_method(item: Item, methods: dict[int, str]) -> str:
    """An item of a checklist; its method in brackets where the items have different ones."""
    own = [written(text)[0] for number, text in methods.items() if number == item.number]
    several = len({written(text)[0] for number, text in methods.items() if number}) > 1
    return f"{one_line(item.text)}（{own[0]}）" if own and several else one_line(item.text)


def _say_method(line: Line, text: str) -> None:
    """The methods of a line, one name for each; places that the cell names in brackets."""
    line.method, renamed = written("\n".join(by_number(text).values()) if text else "")
    if places_in(text) and methods_in(text):
        line.places = "、".join(distinct([line.places, places_in(text)]))
    line.notes += [f"“{word}”读作“{methods_in(word)[0]}”" for word in renamed]


def _with_text(units: Units) -> list[Unit]:
    """Units without a standard: rows of an indicator, which give it their points, or standards said by its name."""
    found = []
    for at, unit in enumerate(units.units):
        if unit.texts:
            found.append(unit)
            continue
        following = units.units[at + 1] if at + 1 < len(units.units) else None
        longer = following and len(following.path) > len(unit.path) and following.path[: len(unit.path)] == unit.path
        if following and (longer or (following.texts and following.path == unit.path)):
            units.levels.give(unit.path, number(unit.said("points")), number(unit.said("weight")))
            continue
        label, name = unit.path[-1]
        unit.texts = [name]
        unit.path = unit.path[:-1] or unit.path
        found.append(_named(unit, (label, name), units.levels))
    return found


def _named(unit: Unit, name: Name, levels: Levels) -> Unit:
    """A unit that is said by an indicator's name has its label and, without a cell of its own, its points."""
    label, _ = name
    given = levels.given.get((*unit.path, name))
    if label and not unit.cells.get("number"):
        unit.cells["number"] = [Cell(unit.first, 0, label)]
    if given and given.points and not unit.cells.get("points"):
        unit.cells["points"] = [Cell(unit.first, 0, given.points)]
    return unit
