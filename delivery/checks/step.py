"""What is looked at in a STEP file: a syntax sound to its last line, a header, and a schema other systems read."""

import re
from collections.abc import Iterator
from pathlib import Path

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.step_statements import Statement, StepFault, statements_of
from delivery.checks.texts import encoding_of

STEP_SYNTAX = Check(
    "step-syntax",
    1,
    Said(
        "The STEP file is whole and its syntax sound to the line END-ISO-10303-21.",
        "STEP 文件完整，语法正确直至 END-ISO-10303-21 行。",
    ),
)
STEP_HEADER = Check(
    "step-header",
    1,
    Said(
        "The header has FILE_DESCRIPTION, FILE_NAME and FILE_SCHEMA, and the data hold at least one entity.",
        "文件头含 FILE_DESCRIPTION、FILE_NAME 和 FILE_SCHEMA，数据段至少有一个实体。",
    ),
)
STEP_SCHEMA = Check(
    "step-schema", 1, Said("The schema is that of AP203, AP214 or AP242.", "采用 AP203、AP214 或 AP242 应用协议。")
)
# The names the application protocols give their long-form schemas: ISO 10303-203, -214, -242.
PROTOCOLS = {
    "CONFIG_CONTROL_DESIGN": "AP203",
    "AP203_CONFIGURATION_CONTROLLED_3D_DESIGN_OF_MECHANICAL_PARTS_AND_ASSEMBLIES_MIM_LF": "AP203",
    "AUTOMOTIVE_DESIGN": "AP214",
    "AUTOMOTIVE_DESIGN_CC1": "AP214",
    "AUTOMOTIVE_DESIGN_CC2": "AP214",
    "AP242_MANAGED_MODEL_BASED_3D_ENGINEERING_MIM_LF": "AP242",
}
_EXPORT = Said("Export the model again and upload that file.", "请重新导出模型后上传。")
_FAULTS = {
    "long": Said("a statement is longer than 16 MB", "有语句超过 16 MB"),
    "cut off": Said("the file is cut off here", "文件在此处中断"),
    "open": Said("a text or remark that begins here is not closed", "此处开始的文本或注释未闭合"),
    "begin": Said("the file does not begin with ISO-10303-21;", "文件未以 ISO-10303-21; 开头"),
    "section": Said("a section does not begin or end as it must", "段的开始或结束不正确"),
    "statement": Said("this is no statement of the exchange format", "此处不是合法语句"),
    "brackets": Said("brackets do not match, or are nested too deep", "括号不匹配或嵌套过深"),
    "behind": Said("something follows the last line", "末行之后还有内容"),
}
_WANTED = ("FILE_DESCRIPTION", "FILE_NAME", "FILE_SCHEMA")
_TEXT = re.compile(r"'((?:[^']|'')*)'")
_LISTS = re.compile(r"\(((?:[^()']|'(?:[^']|'')*')*)\)|'((?:[^']|'')*)'")
_ESCAPED = re.compile(r"\\X2\\((?:[0-9A-F]{4})+)\\X0\\|\\X4\\((?:[0-9A-F]{8})+)\\X0\\|\\X\\([0-9A-F]{2})")


def step_syntax(path: Path, declared: Declared) -> Finding:
    entities = 0
    try:
        for statement in statements_of(path):
            entities += statement.section == "DATA" and statement.text[:1] == b"#"
    except StepFault as fault:
        what = _FAULTS[fault.word]
        said = Said(f"Line {fault.line}: {what.en}.", f"第 {fault.line} 行：{what.zh}。")
        return STEP_SYNTAX.failed(said, _EXPORT, fault=fault.word, line=fault.line)
    return STEP_SYNTAX.passed(entities=entities)


def step_header(path: Path, declared: Declared) -> Finding:
    """Reads on only to the first entity of the data."""
    encoding = encoding_of(path) or "utf-8"
    header: dict[str, str] = {}
    has_entity = False
    for statement in statements_of(path):
        if statement.section == "HEADER" and b"(" in statement.text:
            name, values = _entity(statement, encoding)
            header.setdefault(name, values)
        if statement.section == "DATA" and statement.text[:1] == b"#":
            has_entity = True
            break
    missing = [name for name in _WANTED if name not in header] + ([] if has_entity else ["DATA"])
    if missing:
        names = ", ".join(missing)
        said = Said(f"The STEP file has no {names}.", f"STEP 文件缺少 {names}。")
        return STEP_HEADER.failed(said, _EXPORT, missing=names)
    fields = [*_values(header["FILE_NAME"]), *[""] * 7]
    return STEP_HEADER.passed(
        name=fields[0], written=fields[1], author=fields[2], organisation=fields[3], system=fields[5],
        schema=", ".join(_values(header["FILE_SCHEMA"]))[:200],
    )  # fmt: skip


def step_schema(path: Path, declared: Declared) -> Finding:
    schemas = [name for one in _header_of(path) if one[0] == "FILE_SCHEMA" for name in _TEXT.findall(one[1])]
    plain = [name.split("{")[0].strip().upper() for name in schemas]
    protocols = sorted({PROTOCOLS[name] for name in plain if name in PROTOCOLS})
    foreign = ", ".join(sorted(name for name in plain if name not in PROTOCOLS))[:200]
    if protocols and not foreign:
        return STEP_SCHEMA.passed(protocol=", ".join(protocols))
    shown = foreign or "?"
    said = Said(f"The schema is none of AP203, AP214, AP242: {shown}.", f"不是 AP203、AP214、AP242 应用协议：{shown}。")
    cure = Said("Export as AP242 or AP214.", "请导出为 AP242 或 AP214。")
    return STEP_SCHEMA.warned(said, cure, schema=shown)


def _header_of(path: Path) -> Iterator[tuple[str, str]]:
    for statement in statements_of(path):
        if statement.section not in ("HEADER", ""):
            return
        if b"(" in statement.text:
            yield _entity(statement, "utf-8")


def _entity(statement: Statement, encoding: str) -> tuple[str, str]:
    name, _, values = statement.text.partition(b"(")
    return name.strip().decode("ascii", "replace").upper(), values[:65536].decode(encoding, "replace")


def _values(written: str) -> list[str]:
    """The parameters of a header entity, a list of texts told as one."""
    found = []
    for match in _LISTS.finditer(written):
        texts = _TEXT.findall(match[1]) if match[1] is not None else [match[2]]
        found.append(", ".join(_plain(text) for text in texts)[:200])
    return found


def _plain(text: str) -> str:
    """A text without the escapes of ISO 10303-21, 6.4.3: a quotation mark twice, characters by their code."""

    def character(match: re.Match[str]) -> str:
        codes, width, encoding = match[1], 4, "utf-16-be"
        if match[2]:
            codes, width, encoding = match[2], 8, "utf-32-be"
        elif match[3]:
            codes, width, encoding = match[3], 2, "latin-1"
        assert len(codes) % width == 0
        return bytes.fromhex(codes).decode(encoding, "replace")

    return _ESCAPED.sub(character, text).replace("''", "'")
