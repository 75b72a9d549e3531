"""The reading as a sheet that an office corrects: one row a statement out, people's verdicts in.

Out as a workbook (.xlsx) or as CSV (UTF-8 with a byte order mark, as Excel wants it); in as either, CSV in GBK or UTF-16
too. Headings are Chinese whoever reads them. A row names its statement by id and by a mark of its value, so a row that
was filled in before the value changed is refused. Text never becomes a formula.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from unionkg.errors import InputError
from unionkg.graph.attributes import Attribute, all_fields, attribute_named, cell, field_named, parsed, shown
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.projection import case_name
from unionkg.graph.records import DocumentRecord, Statement
from unionkg.graph.reviewing import Item
from unionkg.graph.sentences import DocumentText
from unionkg.graph.verdicts import Accept, Add, Edit, Lack, Reject, State, Verdict, lines
from unionkg.language import say

#: The columns of a table of statements: heading, and the column of `unionkg.graph.attributes` that it shows.
_SHOWN = {"内容": "content", "数值": "number", "单位": "unit", "时间": "time", "类别": "category", "其他": "other"}
_NEW = {f"修改为：{heading}": column for heading, column in _SHOWN.items()}
_NEW_QUOTE = "修改为：引文"
_VERDICTS = {"接受": "accept", "驳回": "reject", "修改": "edit", "增加": "add"}
_STATES = {"unreviewed": "未复核", "accepted": "已采信", "corrected": "已更正"}
COLUMNS = (
    *("编号", "文献编号", "文献", "案例编号", "案例", "栏目", *_SHOWN, "原句", "引文", "页", "行"),
    *("可信度", "状态", "为何要看", "裁定", *_NEW, _NEW_QUOTE, "备注", "校验"),
)
_WIDTHS = {
    "编号": 12,
    "文献": 18,
    "案例": 24,
    "内容": 24,
    "其他": 28,
    "原句": 60,
    "引文": 36,
    "为何要看": 28,
    "备注": 20,
}
#: Written in a cell, it takes a value away.
_NOTHING = {"空", "（空）", "(空)"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS = 1_048_575

Row = Mapping[str, str | float]


def rows(
    documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]],
    texts: Mapping[str, str],
    items: Sequence[Item],
    only: str | None = None,
) -> list[Row]:
    """One row a statement in the order of the documents, and one for every gap of an account.

    ``items`` tell what deserves a look (`unionkg.graph.reviewing.queue`); ``only`` is the one field that is wanted.
    """
    reasons = {item.id: "；".join(reason.text for reason in item.reasons) for item in items if item.value}
    gaps = [item for item in items if not item.value and item.decision is None]
    made: list[Row] = []
    for document, cases in documents:
        text = DocumentText.of(document, texts.get(document.id, ""))
        for case in cases:
            about = _about(document, case)
            for name, statement in case.record.statements():
                if only in {None, name}:
                    row = _row(name, statement, text)
                    state = _STATES[case.review(statement)]
                    made.append({**about, **row, "状态": state, "为何要看": reasons.get(statement.id, "")})
            for item in gaps:
                if item.case == case.record.id and item.field and only in {None, item.field}:
                    label = all_fields()[item.field].label.zh
                    made.append({**about, "栏目": label, "状态": "未读出", "为何要看": item.reasons[0].text})
    return made


def _about(document: DocumentRecord, case: EffectiveRecord) -> Row:
    return {
        "文献编号": document.id,
        "文献": document.title,
        "案例编号": case.record.id,
        "案例": case_name(case.record),
    }


def _row(name: str, statement: Statement, text: DocumentText) -> Row:
    own = all_fields()[name]
    made: dict[str, str | float] = {"编号": statement.id, "栏目": own.label.zh}
    for heading, column in _SHOWN.items():
        mine = [one for one in own.attributes.values() if one.column == column]
        if column == "other":
            told = ((one, cell(one, getattr(statement, one.name), chinese=True)) for one in mine)
            made[heading] = "；".join(f"{one.label.zh}={value}" for one, value in told if value)
        elif mine:
            value = getattr(statement, mine[0].name)
            made[heading] = value if isinstance(value, float) else cell(mine[0], value, chinese=True)
    sentences = text.marked(statement.evidence)
    made["原句"] = " / ".join(sentence.text() for sentence in sentences)
    made["引文"] = " / ".join("".join(evidence.quote.split()) for evidence in statement.evidence)
    made["页"] = sentences[0].page or ""
    made["行"] = float(sentences[0].line) if sentences[0].line else ""
    made["可信度"] = statement.confidence
    made["校验"] = mark(statement)
    return made


def mark(statement: Statement) -> str:
    """A short mark of what a statement says, its evidence aside; begins with a letter, so that no program makes a number of it."""
    names = [name for name in type(statement).__dataclass_fields__ if name in _values(statement)]
    said = repr([(name, getattr(statement, name)) for name in names])
    return "v" + hashlib.sha256(said.encode()).hexdigest()[:9]


def _values(statement: Statement) -> set[str]:
    aside = {"evidence", "method", "confidence", "id", "review", "entity", "KEY"}
    return set(type(statement).__dataclass_fields__) - aside


def csv_bytes(found: Sequence[Row]) -> bytes:
    """The rows as CSV that Excel opens by a double click."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([_harmless(row.get(heading, "")) for heading in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: str | float) -> str:
    """Text that a spreadsheet would take for a formula, made text; `_plain` takes the mark off again."""
    if isinstance(value, float):
        return f"{value:.15g}"
    return f"'{value}" if value.startswith(_FORMULA) else value


def xlsx_bytes(found: Sequence[Row]) -> bytes:
    """The rows as a workbook: the sheet to fill in, and one that explains it.

    Raises
    ------
    InputError
        There are more rows than a sheet holds.
    """
    import xlsxwriter

    if len(found) > _MOST_ROWS:
        raise InputError(
            say(f"一张表装不下 {len(found)} 行", f"a sheet does not hold {len(found)} rows"),
            hint=say("用 --document 分开导出，或导出 .csv", "export by --document, or as .csv"),
        )
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "unionkg"})  # loading a folder passes our own sheets over
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top"})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "valign": "top", "text_wrap": True})
    asked = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#FFF9E5"})
    sheet = book.add_worksheet("复核")
    fill = {"裁定", *_NEW, _NEW_QUOTE, "备注"}
    for at, heading in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDTHS.get(heading, 11), asked if heading in fill else text)
        sheet.write_string(0, at, heading, bold)
    for line, row in enumerate(found, 1):
        for at, heading in enumerate(COLUMNS):
            value = row.get(heading, "")
            if isinstance(value, float):
                sheet.write_number(line, at, value, number)
            elif value:
                sheet.write_string(line, at, value, text)
    sheet.freeze_panes(1, COLUMNS.index("栏目") + 1)
    sheet.autofilter(0, 0, max(1, len(found)), len(COLUMNS) - 1)
    column = COLUMNS.index("裁定")
    sheet.data_validation(1, column, _MOST_ROWS, column, {"validate": "list", "source": list(_VERDICTS)})
    explained = book.add_worksheet("说明")
    explained.set_column(0, 0, 16, text)
    explained.set_column(1, 1, 100, text)
    for line, (what, how) in enumerate(_explanation()):
        explained.write_string(line, 0, what, bold)
        explained.write_string(line, 1, how, text)
    book.close()
    return content.getvalue()


def _explanation() -> Iterator[tuple[str, str]]:
    yield "怎样填", "只填黄色各列；其余各列用来对照，改了不算数。不看的行留空。填好后运行 unionkg review --apply 文件。"
    yield "裁定", "接受：读得对。驳回：不对，删去。修改：在“修改为”各列写新的值。增加：见下。"
    yield (
        "修改为",
        "只写要改的那几列；要去掉一个值就写“空”。名称、标题照抄原文；时间写 2017、2017-05、2017-05-02 或 2013/2017。",
    )
    yield "修改为：其他", "写成 项目=值，几项之间用“；”隔开，如：层级=县级；区划代码=310113。"
    yield "修改为：引文", "换一处原文作依据时，照抄原文的字词。"
    yield (
        "增加",
        "在末尾另起一行：编号留空，写案例编号、栏目、裁定“增加”，“修改为”各列写值，“修改为：引文”照抄案例原文的依据。",
    )
    yield "未读出的行", "“状态”为未读出：可以写“增加”补上；确实没有就写“接受”；不能写驳回或修改。"
    yield "备注", "裁定的理由，随裁定保存。"
    yield "校验", "不要改。读取结果变了的行不会采纳，请重新导出。"
    for own in all_fields().values():
        for one in own.attributes.values():
            heading = next(shown for shown, column in _SHOWN.items() if column == one.column)
            choices = "、".join(choice.zh for choice in one.choices())
            kinds = {"number": "数字", "boolean": "是、否", "list": "几个之间用 | 隔开", "region": "六位代码或地名"}
            told = choices or kinds.get(one.kind, "文字")
            yield own.label.zh, f"{heading} · {one.label.zh}：{told}"


@dataclass(frozen=True, slots=True)
class Read:
    """What a filled-in sheet says: verdicts with their reasons, how many were known already, rows that are refused."""

    verdicts: list[tuple[Verdict, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    known: int = 0
    refused: list[InputError] = field(default_factory=list)


def read(path: Path, state: State, named: str, by: str) -> Read:
    """Read the verdicts of a sheet; each row is checked by itself.

    Parameters
    ----------
    path : Path
    state : State
    named : str
        How the user calls the file, for errors (``file:row``, counted as a spreadsheet counts).
    by : str

    Raises
    ------
    InputError
        The file is no such sheet.
    """
    found = list(_read_rows(path, named))
    verdicts: list[tuple[Verdict, str]] = []
    counts: dict[str, int] = {}
    refused: list[InputError] = []
    said: dict[str, str] = {}
    known = 0
    for number, row in found:
        where = f"{named}:{number}"
        try:
            verdict = _verdict(row, state)
            if verdict is None:
                continue
            about = _about_what(verdict)
            if about in said:
                raise InputError(say(f"与 {said[about]} 是同一条", f"the same as {said[about]}"))
            said[about] = where
            if not lines([verdict], state, by, ""):
                known += 1
                continue
        except InputError as error:
            refused.append(InputError(error.what, where=where, hint=error.hint))
            continue
        verdicts.append((verdict, row.get("备注", "").strip()))
        label = next(zh for zh, en in _VERDICTS.items() if en == _kind(row))
        counts[label] = counts.get(label, 0) + 1
    return Read(verdicts, counts, known, refused)


def _about_what(verdict: Verdict) -> str:
    """What a verdict is about, to tell two on the same."""
    match verdict:
        case Accept(identifier) | Reject(identifier) | Edit(id=identifier):
            return identifier
        case Lack(case, name):
            return f"{case} {name}"
    return repr(verdict)


def _kind(row: Mapping[str, str]) -> str | None:
    said = row.get("裁定", "").strip().lower()
    return _VERDICTS.get(said, said if said in _VERDICTS.values() else None)


def _verdict(row: Mapping[str, str], state: State) -> Verdict | None:
    kind, said = _kind(row), row.get("裁定", "").strip()
    new = {heading: row[heading].strip() for heading in (*_NEW, _NEW_QUOTE) if row.get(heading, "").strip()}
    if not said:
        if new:
            raise InputError(
                say("填了“修改为”，没有填“裁定”", "a new value without a verdict"),
                hint=say("在“裁定”里写 修改 或 增加", "write 修改 or 增加 in 裁定"),
            )
        return None
    identifier = row.get("编号", "").strip()
    if kind is None:
        raise InputError(
            say(f"不认识的裁定：{said}", f"no such verdict: {said}"),
            hint=say("写 接受、驳回、修改 或 增加", "write 接受, 驳回, 修改 or 增加"),
        )
    if kind == "add":
        if identifier:
            raise InputError(
                say("“增加”的行不能有编号", "a row that adds has no id"),
                hint=say("另起一行，编号留空", "use a row of its own, the id empty"),
            )
        return _added(row, new, state)
    if not identifier:
        if kind == "accept" and row.get("栏目"):
            return Lack(row.get("案例编号", "").strip(), field_named(row["栏目"]))
        raise InputError(
            say("没有编号", "there is no id"), hint=say("没有读出的内容用“增加”", "use 增加 for what was not read")
        )
    if kind == "reject" and identifier in state.rejected:
        return Reject(identifier)
    _, name, statement = state.fact(identifier)
    changes = _changes(name, new, state)
    fresh = row.get("校验", "").strip() == mark(statement)
    if kind == "edit" and not changes and _NEW_QUOTE not in new:
        raise InputError(
            say("“修改”没有写新的值", "nothing new is given"),
            hint=say("把新值写进“修改为”各列", "write it into the columns 修改为"),
        )
    if kind != "edit" and new:
        raise InputError(
            say(f"“{said}”与“修改为”矛盾", f"{said} contradicts a new value"),
            hint=say("裁定改成 修改，或删去“修改为”的内容", "write 修改, or take the new value away"),
        )
    done = kind == "edit" and all(getattr(statement, key) == value for key, value in changes.items())
    if not fresh and not done:
        raise InputError(
            say(f"读取结果已经变了，现在是：{shown(name, statement)}", f"it now says: {shown(name, statement)}"),
            hint=say("重新导出，再作裁定", "export it again"),
        )
    if kind == "edit":
        quote = "" if done and state.facts[identifier][0].review(statement) == "corrected" else new.get(_NEW_QUOTE, "")
        return Edit(identifier, changes, quote)
    return Accept(identifier) if kind == "accept" else Reject(identifier)


def _changes(name: str, new: Mapping[str, str], state: State) -> dict[str, object]:
    """The attributes that the columns 修改为 give."""
    given: dict[str, object] = {}
    for heading, column in _NEW.items():
        if heading not in new:
            continue
        if column == "other":
            for attribute, text in _pairs(name, new[heading]):
                given[attribute.name] = parsed(attribute, text, state.vocabularies)
            continue
        own = (one for one in all_fields()[name].attributes.values() if one.column == column)
        attribute_there = next(own, None)
        if attribute_there is None:
            raise InputError(
                say(f"{all_fields()[name].label.zh}没有“{heading[4:]}”这一列", f"{name} has nothing in {heading}"),
                hint=say("见“说明”一页", "see the sheet 说明"),
            )
        text = "" if new[heading] in _NOTHING else new[heading]
        given[attribute_there.name] = parsed(attribute_there, text, state.vocabularies)
    return given


def _pairs(name: str, text: str) -> Iterator[tuple[Attribute, str]]:
    for part in text.replace(";", "；").replace("\n", "；").split("；"):
        if not part.strip():
            continue
        key, sign, value = part.replace("＝", "=").partition("=")
        if not sign:
            raise InputError(
                say(f"应写成 项目=值：{part}", f"write name=value: {part}"),
                hint=say("几项之间用“；”隔开", "with ； between several"),
            )
        yield attribute_named(name, key.strip()), "" if value.strip() in _NOTHING else value


def _added(row: Mapping[str, str], new: Mapping[str, str], state: State) -> Add:
    name = field_named(row.get("栏目", ""))
    quote = new.get(_NEW_QUOTE, "") or row.get("引文", "").strip()
    return Add(row.get("案例编号", "").strip(), name, _changes(name, new, state), quote)


def _read_rows(path: Path, named: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    content = path.read_bytes()
    table = _workbook(path, named) if content[:4] in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"} else _csv(content, named)
    headings = [_plain(heading) for heading in (table[0] if table else [])]
    if lacking := [heading for heading in ("编号", "裁定", "校验") if heading not in headings]:
        raise InputError(
            say(f"不是复核表，缺少这一列：{lacking[0]}", f"this is no review sheet: it lacks {lacking[0]}"),
            where=f"{named}:1",
            hint=say("用 unionkg review --export 导出的表来填", "fill in what `unionkg review --export` wrote"),
        )
    for number, line in enumerate(table[1:], 2):
        row = {heading: _plain(value) for heading, value in zip(headings, line, strict=False)}
        if any(row.values()):
            yield number, row


def _plain(value: object) -> str:
    """A cell as text: numbers as people write them, a date as far as it is one, the mark before = + - @ taken off."""
    match value:
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    text = str(value).strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _workbook(path: Path, named: str) -> list[list[object]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        name = "复核" if "复核" in book.sheet_names else book.sheet_names[0]
        return [list(line) for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise InputError(say(f"表格打不开：{error}", f"the workbook cannot be read: {error}"), where=named) from error


def _csv(content: bytes, named: str) -> list[list[object]]:
    text = _decoded(content, named)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    try:
        return [list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise InputError(say(f"CSV 读不出来：{error}", f"the CSV cannot be read: {error}"), where=named) from error


def _decoded(content: bytes, named: str) -> str:
    codecs = ["utf-16"] if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue  # the next one may fit; none is an error of its own
    raise InputError(
        say("看不出文件的编码", "the encoding is neither UTF-8 nor GBK"),
        where=named,
        hint=say("另存为“CSV UTF-8”或 .xlsx", "save it as CSV UTF-8 or .xlsx"),
    )
