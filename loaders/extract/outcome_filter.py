"""Which quantities are no results: ordinals, rules, prices, aims, durations, settings, slogans, page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unionkg.loaders.extract.numbers import Quantity
from unionkg.loaders.extract.outcome_cues import cue


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Offsets of the sentence and the clause around a quantity, and where the account's body begins."""

    sentence: tuple[int, int]
    clause: tuple[int, int]
    body: int
    opening: bool


def is_result(text: str, quantity: Quantity, around: Surroundings) -> bool:
    """Whether a quantity tells a result or the scale of the practice."""
    asked = text[around.sentence[1] : around.sentence[1] + 1] in {"?", "？"}
    if quantity.vague or quantity.threshold or not quantity.unit or asked:
        return False
    clause = text[around.clause[0] : around.clause[1]]
    left = text[around.clause[0] : quantity.start]
    right = text[quantity.end : around.clause[1]]
    return not (
        _is_label(text, quantity, left, right)
        or _is_intended(text, quantity, around, clause)
        or _is_rule(quantity, clause, left, right)
        or _is_duration(text, quantity, left, right)
        or _is_past(text, quantity, around)
        or (quantity.characters and not _is_counted(quantity, text, left, right))
        or (
            quantity.value < 10
            and quantity.kind == "thing"
            and _is_abstract(right)
            and not right.startswith(("“", "大"))
        )
        or _is_part(right)
        or _is_named(text, quantity, left)
        or _is_election(text, quantity, around)
    )


def _is_election(text: str, quantity: Quantity, around: Surroundings) -> bool:
    """选举产生主席1名、副主席3名: who was elected, not what came of it."""
    if quantity.kind != "person":
        return False
    before = text[around.sentence[0] : quantity.start]
    return "选举" in before and bool(_OFFICE.search(before) or _OFFICE_AFTER.match(text, quantity.end))


_OFFICES = "(?:主席|委员|主任|组长|会长|代表)"
_OFFICE = re.compile(f"{_OFFICES}$")
_OFFICE_AFTER = re.compile(f"[^,，、。]{{0,4}}{_OFFICES}")


def _is_named(text: str, quantity: Quantity, left: str) -> bool:
    """Whether a number is part of a name or of what a formula stands for: 获评全省百例好案例, （即1个联合会牵头）."""
    figure = text[quantity.number : quantity.measure]
    if figure[:1] in {"十", "百", "千"} and len(figure) <= 2 and _HONOURED.search(left):
        return text[quantity.number + 1 : quantity.number + 2] not in {"余", "多"}
    return bool(_FORMULA.search(left))


_HONOURED = re.compile("(?:获评|入选|评为|荣获|授予|列入|命名为)[^,，、]{0,8}$")
_FORMULA = re.compile("（即[^）]*$")


_MEETING = re.compile(r"[\d一二三四五六七八九十]+次|[^,，]{0,8}(?:会议|全委|代表大会|职代会)")


def _is_part(right: str) -> bool:
    """在去年45家的基础上: what was there before; 28家驿站建设任务: what was set; 39家企业里有35家建了会: a whole of which a part is told; 三成(36%): a figure told better; 1家牵头、多家加入."""
    return bool(_OF_A_WHOLE.match(right) or _BEFOREHAND.match(right))


_BEFOREHAND = re.compile("[^,，、]{0,6}的?基础上|[^,，、的]{0,14}(?:任务|指标|名额)(?:$|[，,。；;])")
_OF_A_WHOLE = re.compile(
    r"[^,，。、]{0,8}[里中](?:有|的)?[\d一二两三四五六七八九十]|（\d|[^,，。]{0,4}、多[家个名]"
    "|[^,，]{0,14}中(?:首[家个]|唯一|率先|脱颖而出|评出|选出|产生|挑出|筛选出)"
)


def _is_past(text: str, quantity: Quantity, around: Surroundings) -> bool:
    """Whether the sentence speaks of the time before the practice, up to the quantity."""
    before = text[around.sentence[0] : quantity.start]
    match = cue("past").search(before)
    if match is None or re.search("[从由]$", before[: match.start()]):
        return False  # 从最初的26人长到310人
    return not re.search("如今|现在|目前|改革后|现已|[升增涨扩]到|至今", before[match.end() :])


_BEFORE_LABEL = re.compile(
    r"(?:第|国道|电话|热线|专线|邮编|编号|邮箱|FM|No\.?|[A-Za-z+×*/—-]|浏览|点击|阅读|(?:浏览|点击|次数|阅读|编号)[:：]|\d[:：])$"
)


_LONG_FIGURE = 3


def _is_label(text: str, quantity: Quantity, left: str, right: str) -> bool:
    if quantity.kind in {"label", "age", "layer", "rank"}:
        return True
    if quantity.kind == "length" and not re.search("累计|总|共", left[-10:]):
        return True
    before = text[max(0, quantity.start - 4) : quantity.start]
    if _BEFORE_LABEL.search(before) or before.endswith(("第", "之", "连", "每")):
        return True
    after = right[:1]
    if after and (after in "+×/:-" or (after.isascii() and after.isalpha() and quantity.measure == quantity.end)):
        return True
    if (left.endswith("届") and quantity.unit in {"次", "轮"}) or (
        quantity.unit == "届" and _MEETING.match(right)
    ):  # 十六届十次全委会
        return True
    figure = text[quantity.number : quantity.measure]
    if text[quantity.measure : quantity.end] == "大" and figure.isdigit() and len(figure) >= _LONG_FIGURE:
        return True  # 1949大剧院: a number that a name begins with
    if quantity.unit == "亩" and figure[0] in "百千万":  # 万亩茶园: a way of speaking
        return True
    if quantity.unit == "组" and left.endswith(("分成", "分为")) and not right:
        return True
    return (quantity.unit == "类" and bool(re.match(r"\d", right))) or _is_quoted(text, quantity)


def _is_quoted(text: str, quantity: Quantity) -> bool:
    """Inside the name of something: “15分钟服务圈”, 《…》."""
    for opening, closing, longest in (("“", "”", 16), ("《", "》", 40)):
        start = text.rfind(opening, max(0, quantity.start - longest), quantity.start)
        if start < 0 or closing in text[start + 1 : quantity.start]:
            continue
        end = text.find(closing, quantity.end, start + longest + 2)
        if end >= 0 and not re.search("[,，。]", text[start:end]):
            return True
    return False


def _is_intended(text: str, quantity: Quantity, around: Surroundings, clause: str) -> bool:
    if cue("intent").search(text, around.sentence[0], quantity.start) or _PLANNED.search(clause):
        return True
    return bool(cue("aim").search(clause))


#: A plan is a verb before another one (计划投入), a noun elsewhere (行动计划, 完成计划的90%).
_PLANNED = re.compile("(?:^|[会司委局总院校年月]|今年|[，,：])计划(?=[^的书、，,完])")
_EACH = re.compile(
    "每\\d*(?:人|名|位|个|家|次|户|站|园|场|队|组|网格|网点)[^,，。;；]{0,18}$|各(?:设|配|有|派|选|定)?[^,，、]{0,6}$"
)
#: 每10名工人中就有8名: a ratio, no count.
_SHARE_OF = re.compile(r"每[\d十百千万]+[名个人家户位][^,，。;；]{0,14}[中里][^,，。;；\d]{0,8}$")
_WAGE = re.compile(
    "最低工资|[月年]均?收入|保底|增收|增资|月工资|底薪|人均|年收入|月增|月多|年薪|收入(?:下限|不)|时薪|工价"
)
_SUMMED = re.compile("累计|共(?!同|建|享)|总(?:计|额|投)|合计")
_HANDED = re.compile("慰问金|捐款|捐赠|捐出|追回|讨回|拿回|补发|赔偿|送去|送上")
_PRICED = re.compile(
    r"(?:按|照)[^,，]{0,8}标准|(?:补贴|补助|奖励|收费|缴费)标准|标准为|元[^,，]{0,6}不等|元(?:以下|以内)?的?(?:奖金|奖励)|给予[^,，]{0,12}(?:元|奖|补)"
)


def _is_rule(quantity: Quantity, clause: str, left: str, right: str) -> bool:
    if _SHARE_OF.search(left):
        return True
    if (cue("rule").search(clause) or _PRICED.search(clause)) and not (_WAGE.search(clause) or _SUMMED.search(left)):
        return True
    if quantity.kind == "money":
        if re.search("(?:给予?|再发|奖励)$", left) and not (_SUMMED.search(left) or "年均" in left):
            return True
        told = _WAGE.search(clause) or _SUMMED.search(left) or (_HANDED.search(clause) and "每" not in clause)
        return quantity.value < 10_000 and not told
    if quantity.kind == "person" and quantity.value <= 2 and _EACH.search(left):
        return True
    return quantity.kind == "ratio" and bool(_RULED_SHARE.search(left) or _RULED_SHARE_AFTER.match(right))


_RULED_SHARE = re.compile("(?:按|按照|以)[^,，。;；]{0,12}$")
#: 60%部分上缴, 40%与60%部分: how something is shared out
_RULED_SHARE_AFTER = re.compile("的?(?:返还|返拨|拨付|计提|比例|计(?!划))|(?:[和与、及][\\d.]+%)?的?部分")
_SERVED = re.compile("时长|服务|授课|辅导|培训|志愿|课程|学习|累计|云端|、$")
_SHORTENED = re.compile("缩短|压缩|减少?[到至]|办结|审核|审批|办理|安全(?:生产|运行)|零事故|无事故")
_DONE = re.compile("就|即可|办结|批|办好|办完|内")


def _is_duration(text: str, quantity: Quantity, left: str, right: str) -> bool:
    if quantity.kind != "time":
        return False
    if quantity.unit in {"课时", "学时", "人天"}:
        return False
    if quantity.unit in {"年", "周", "季度", "秒", "分钟"} or quantity.characters:
        return True
    if quantity.unit in {"小时", "天"} and quantity.value >= 100 and (_SERVED.search(left) or _SHORTENED.search(left)):
        return False
    if quantity.unit in {"天", "个工作日"} and text.startswith(("不到", "不足"), quantity.start) and _DONE.match(right):
        return False
    return not (re.search("缩短|压缩", left) and quantity.unit in {"天", "个工作日", "个月", "小时"})


_PERSONAL = {"person", "visit", "money", "ratio", "body", "area"}
_SESSION = {"场", "次", "轮", "期"}


def _is_counted(quantity: Quantity, text: str, left: str, right: str) -> bool:
    """Whether a number in characters counts things and not the parts of a slogan or structure."""
    figure = text[quantity.number : quantity.measure]
    if quantity.value < 10 and not left.strip("“”") and text[quantity.measure : quantity.end] == "人":
        return False  # 三人都说好: people named before
    if quantity.value >= 10 and quantity.kind != "time":
        return not cue("abstract").search(right, 0, 7)
    if quantity.value <= 1 or quantity.kind == "time" or figure == "二" or quantity.unit == "类":
        return False
    if text[quantity.measure : quantity.end] == "大":
        return False
    if re.search("(?:第|这|那|哪|前|(?<!先)后|以|上述|以上|下列|如下|[一二三四五六七八九十])$", left) or re.match(
        "[一二三四五六七八九]", right
    ):
        return False
    listed = "、" in left and quantity.unit in {"项", "条", "个", "种", "张"}
    if _is_abstract(right) or (listed and not cue("verb", "nounverb", after="$").search(left)):
        return False  # 读书、培训和示范等三项工程
    if _is_slogan(text, quantity) or (_sums_up(left, quantity) and _SORTS.match(right)):
        return False
    if quantity.kind in _PERSONAL:
        return bool(right) or bool(cue("verb", "nounverb").search(left))
    if quantity.unit in _SESSION and (cue("nounverb").match(right) or re.search("先后|累计|共$", left)):
        return True
    if quantity.unit in {"次", "场"} and not right and len(left) > 2 and not re.search("[每年月周天第]$", left):
        return True
    return bool(cue("verb", "nounverb").search(left[-16:])) and (
        bool(right) or quantity.unit in _SESSION | {"项", "例", "条"}
    )


def _sums_up(left: str, quantity: Quantity) -> bool:
    """Whether a number but counts the parts named before it: 读书、培训和示范三项服务."""
    named = re.split("[,，:：;；]", left)[-1].removesuffix("等")
    return quantity.value > 2 and len(re.findall("[、和与及]", named)) + 1 == quantity.value


_SORTS = re.compile(
    "(?:重点|主要|基本|核心|特色)?(?:服务|载体|板块|工程|平台|环节|方面|内容|举措|活动|项目|层面|渠道|通道|路径|抓手|维度|领域|保障|机制)"
)


def _is_slogan(text: str, quantity: Quantity) -> bool:
    """Whether a number stands among others in a quoted motto: “念好三本账，走好三步棋”."""
    start = text.rfind("“", max(0, quantity.start - _LONGEST_MOTTO), quantity.start)
    if start < 0 or "”" in text[start : quantity.start]:
        return False
    end = text.find("”", quantity.end, start + _LONGEST_MOTTO)
    return end >= 0 and len(_COUNTS.findall(text, start, end)) > 1


_LONGEST_MOTTO = 50
_COUNTS = re.compile("[一二两三四五六七八九十][个项种类本步条张大张清不有]")


def _is_abstract(right: str) -> bool:
    return right.startswith(("“", "大")) or bool(cue("abstract").search(right, 0, 7))


_OF_THE_SETTING = re.compile("(?:约?占|同比|环比|比增|[比较]|增长|增幅|下降|降幅)")
#: 公司有职工1400人 describes the company wherever it stands.
_OWNS = re.compile(
    "(?:公司|集团|厂|矿|学校|医院|企业|行业|协会|[市区县镇乡村省州旗盟园])(?:(?:现|共)?有|(?:每天|常年)?聚(?:集了?|着))[^,，、\\d]{0,8}$"
)
_HAS = re.compile(
    "(?:有|聚集了?|聚着|入驻了?|住着|跑着|开着|辖内|辖区|经营网点|从业(?:人员|者))[^,，、]{0,8}$|^全[市县区镇州]$"
)
_PEOPLED = re.compile("(?:商家|商户|门店|从业职工|从业人员|人口|网点|居民)(?:近|约|超|逾)?$")
_ACHIEVED = re.compile(
    "覆盖|会员|入会|建会|工会|驿站|职工之家|累计|新增|建成|服务|受益|惠及|已有|截至|工作室|参加|参与"
)
_POPULATION = re.compile(
    "在建项目|城市|国家(?!级)|农民工|企业|职工|员工|商户|商家|人口|从业|务工|网点|居民|楼宇|学生|司机|工人|劳动者|货车|店|户|医疗机构"
)
_WHOLE = re.compile("^(?:目前)?(?:全[市县区镇州省]|辖区|辖内|园区|街道|本市|我市)")


def is_setting(text: str, quantity: Quantity, around: Surroundings, told: bool) -> bool:
    """Whether a quantity describes the area or the company; ``told`` says that the sentence has begun to."""
    clause = text[around.clause[0] : around.clause[1]]
    left, right = text[around.clause[0] : quantity.start], text[quantity.end : around.clause[1]]
    if cue("setting").search(clause):
        return True
    if told and quantity.kind == "ratio" and _OF_THE_SETTING.match(left):
        return True
    if quantity.kind not in {"person", "body", "thing"} or not _POPULATION.search(left + right[:8]):
        return False
    if _ACHIEVED.search(clause) or cue("verb", "act").search(clause):
        return False
    if (around.opening and _PEOPLED.match(left)) or _OWNS.search(left):
        return True
    return told or (bool(_HAS.search(left)) and (around.opening or bool(_WHOLE.match(left))))


def is_heading(text: str, sentence: tuple[int, int]) -> bool:
    """Whether a sentence heads its paragraph: numbered, short, and followed by what it sums up."""
    opening = text.rfind("\n", 0, sentence[0]) + 1
    followed = text[sentence[1] : sentence[1] + 1] == "。" and text[sentence[1] + 1 : sentence[1] + 2] not in {"", "\n"}
    return sentence[1] - opening <= _LONGEST_HEADING and followed and _NUMBERED.match(text, opening) is not None


_LONGEST_HEADING = 28
_NUMBERED = re.compile(
    r"[-*#\s]*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[）)]?[.、．]|[一二三四五六七八九十]是)"
)
