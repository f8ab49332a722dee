"""C1: any tree written as a table with merged cells reads back equal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.tables import Options, find, propose, read
from tests.rulebook.office_tables import LEFT, UP, grid

HEADS = ("一级指标", "二级指标", "三级指标")
WORDS = st.text(alphabet="环境卫生秩序服务设施宣传教育管理", min_size=2, max_size=6)
UNITS = st.lists(st.sampled_from(["市城管局", "市文明办", "各街道"]), unique=True, max_size=2)


@st.composite
def trees(draw):
    """(depth, lines): each line has its path of names, its words, points, method, lead and assisting units."""
    depth = draw(st.integers(1, 3))
    lines = []

    def below(path):
        if len(path) == depth:
            for _ in range(draw(st.integers(1, 3))):
                points = str(draw(st.integers(1, 9)))
                method = draw(st.sampled_from(["实地考察", "材料审核", "问卷调查"]))
                lines.append((path, f"{draw(WORDS)}第{len(lines)}", points, method, draw(UNITS), draw(UNITS)))
            return
        for number in range(1, draw(st.integers(1, 3)) + 1):
            label = f"{'ⅠⅡⅢ'[len(path)]}-{len(lines) + number}"
            below((*path, (label, draw(WORDS))))

    below(())
    return depth, lines


def picture(depth, lines, *, merged):
    """The tree as a table: title, head in two rows, one row for each line, names merged or left blank below."""
    rows = [
        ["示例体系", *[LEFT] * (depth + 4)],
        [*HEADS[:depth], "测评标准", "分值", "测评方法", "责任单位", LEFT],
        [*[UP] * (depth + 3), "牵头单位", "配合单位"],
    ]
    before = ()
    for path, text, points, method, lead, assist in lines:
        same = next((at for at in range(depth) if path[: at + 1] != before[: at + 1]), depth)
        names = [(UP if merged else "") if at < same else f"{label} {name}" for at, (label, name) in enumerate(path)]
        rows.append([*names, text, points, method, "、".join(lead), "、".join(assist)])
        before = path
    return [*rows, ["合计", *[""] * (depth + 4)]]


@settings(max_examples=60, deadline=None)
@given(trees(), st.booleans())
def test_a_tree_written_as_a_table_reads_back_equal(tree, merged):
    depth, lines = tree
    (section,) = find([grid(picture(depth, lines, merged=merged))])
    found = read(section, [one.role for one in propose(section)], Options())
    got = [
        (
            tuple((level.label, level.name) for level in line.path),
            line.text,
            line.points,
            line.method,
            list(line.lead),
            list(line.assist),
        )
        for line in found.lines
    ]
    assert (got, [one.why for one in found.left_out]) == (lines, ["合计行，只用来核对"])
