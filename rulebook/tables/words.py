"""What a column can be, and the words by which heads of the field say it."""

import re
from collections.abc import Mapping

from rulebook.tables.plaintext import plain, without_bracket

LEVELS = ("level1", "level2", "level3", "level4")
# role → its name on the page; the order is that of the list people choose from.
ROLES: Mapping[str, str] = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "level4": "四级指标",
    "outline": "各级指标",
    "code": "指标编号",
    "number": "标准编号",
    "text": "测评标准",
    "rule": "计分办法",
    "method": "测评方法",
    "places": "点位类型",
    "points": "分值",
    "weight": "权重",
    "evidence": "材料要求",
    "lead": "牵头单位",
    "assist": "配合单位",
    "remarks": "备注、说明",
    **{f"points{number}": f"{word}级分值" for number, word in enumerate("一二三四", 1)},
    **{f"weight{number}": f"{word}级权重" for number, word in enumerate("一二三四", 1)},
    "": "不读",
}
LEVEL = "level"  # a level whose number its place among the columns says
BLANK = "blank"  # to be filled in by hand: never read
PERSON = "person"  # who and until when: for taking the work apart, later

# role → heads that say it outright; then words a head ends with or holds.
_WORDS = {
    "level1": "一级指标 一级 Ⅰ级指标 一级项目 一级要素 A级要素 A级元素",
    "level2": "二级指标 二级 Ⅱ级指标 二级项目 二级要素 B级要素 B级元素",
    "level3": "三级指标 三级 Ⅲ级指标 三级项目 三级要素 C级要素",
    "level4": "四级指标 四级 Ⅳ级指标",
    "code": "编号 序号 代码 代号 编码 指标编号 指标代码 项号 条款号 条款 条号 标准编号",
    "text": (
        "测评标准 具体标准 考核标准 评价标准 达标标准 创建标准 标准 标准要求 具体要求 工作要求 基本要求 "
        "指标描述 考核要点 测评要点 考察要点 工作标准 检查标准 测评细则 考评标准 考评内容 主要任务 工作任务 "
        "任务内容 目标任务 重点任务 具体任务 具体内容 检查要点 考察标准 企业达标标准"
    ),
    "rule": (
        "评分标准 计分标准 记分标准 扣分标准 评分办法 计分办法 扣分办法 评分方法 计分方法 评分细则 考评办法 "
        "评分依据 评分说明 计分说明 评分规则 计分规则 考核评分标准 赋分标准 打分标准 得分标准"
    ),
    "method": (
        "测评方法 测评方式 考核方法 考核方式 考评方法 考评方式 检查方法 检查方式 考察方法 考察方式 评价方法 "
        "评价方式 采集方法 采集方式 数据采集方式 测评手段 验收方法 审核方式 测评途径 方法"
    ),
    "places": (
        "点位类型 点位 测评点位 考察点位 实地考察点位 测评地点 考察地点 地点 测评对象 考察对象 场所 涉及点位 "
        "点位类别 考察范围 检查对象 实地考察地点 测评范围"
    ),
    "points": (
        "分值 标准分 标准分值 权数 满分 应得分 基准分 分数 要点分值 测评分值 配分 赋分 基础分 分值权重 "
        "权重分值 满分值 规定分 考核分值"
    ),
    "weight": "权重 权重系数 系数 比重 所占比重",
    "evidence": (
        "材料要求 申报材料 佐证材料 证明材料 印证材料 所需材料 需提供材料 提供材料 备查资料 备查材料 "
        "档案资料 内业资料 台账资料 资料要求 材料清单 网上申报材料 材料 资料 支撑材料 审核材料 材料目录 "
        "佐证资料 评审材料 需要准备的材料 见证材料 申报要求"
    ),
    "lead": (
        "牵头单位 责任单位 牵头部门 责任部门 主责单位 负责部门 负责单位 主管部门 承办单位 主办单位 牵头 "
        "牵头责任单位 第一责任单位 提供材料部门 报送单位 主要责任单位 责任主体 申报单位 牵头(责任)单位"
    ),
    "assist": "配合单位 配合部门 协办单位 协同单位 协助单位 参与单位 参加单位 配合责任单位 协同部门 配合 参与部门",
    "remarks": "备注 说明 指标解释 操作说明 指标说明 名词解释 注释 注解 解释 测评说明 备考",
    LEVEL: (
        "测评项目 项目 考核项目 考评项目 检查项目 评价项目 项目名称 测评内容 考核内容 检查内容 考察内容 "
        "评价内容 内容 指标 指标名称 测评指标 考核指标 评价指标 类别 大类 小类 分类 要素 考评类目 考评要素 "
        "版块 板块 测评板块 模块 评定项目 评定要素 子项 分项 创建内容 项目分值 维度 领域"
    ),
    BLANK: (
        "得分 自评分 自评得分 自查得分 实得分 扣分 考评得分 考核得分 测评得分 复核得分 最终得分 检查得分 "
        "检查情况 存在问题 扣分原因 扣分说明 完成情况 自评描述 评审描述 自评/评审描述 检查结果 测评结果 "
        "符合性 整改情况 打分 评分 是否达标 达标情况 实际得分 自评 考评 复核 进展情况 工作进展 小计"
    ),
    PERSON: (
        "责任人 责任领导 分管领导 牵头领导 联系人 联系电话 完成时限 时限 完成时间 时间节点 责任科室 整改时限 "
        "包保领导 市级领导 联络员 时间要求"
    ),
}
HEADS: Mapping[str, tuple[str, ...]] = {role: tuple(words.split()) for role, words in _WORDS.items()}
_EXACT = {plain(word): role for role, words in HEADS.items() for word in words}
_ENDS = sorted((item for item in _EXACT.items() if len(item[0]) > 1), key=lambda item: -len(item[0]))
LONGEST_HEAD = 18
TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总分|累计|得分合计|分值合计|总得分|汇总)(?:[:(].*|得分|分值|分数)?$")
NOTE = re.compile(r"^(?:注|备注|说明|附注|※|\*|填表说明|评分说明|填写说明)(?:\d{0,2}\s*[:.、]|$)|^(?:※|\*)")


def role_of(head: str) -> tuple[str, bool] | None:
    """(role, said outright) of one cell of a head; None when no word of the field is in it."""
    for text in (plain(head), without_bracket(head)):
        if text in _EXACT:
            return _EXACT[text], True
    text = without_bracket(head)
    if 1 < len(text) <= LONGEST_HEAD:
        for word, role in _ENDS:
            if text.endswith(word):
                return role, False
    return None
