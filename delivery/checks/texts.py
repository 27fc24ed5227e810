"""What is looked at in plain text and XML: the encoding, and a structure that no reader chokes on."""

import codecs
import re
from pathlib import Path

from lxml import etree

from delivery.checks.findings import Check, Declared, Finding, Said, Shown, storable

MAX_XML_DEPTH = 200
EXCERPT_CHARACTERS = 2000
ENCODINGS = ("utf-8", "gb18030")
CHUNK = 1 << 16

TEXT_ENCODING = Check(
    "text-encoding",
    1,
    Said(
        "Text is UTF-8 or GB18030 throughout, without control characters.",
        "文本全文采用 UTF-8 或 GB18030 编码，且不含控制字符。",
    ),
)
XML_STRUCTURE = Check(
    "xml-structure",
    1,
    Said(
        "XML is well formed, has no DTD, is at most 200 levels deep, and is no web page.",
        "XML 格式正确，不含 DTD，嵌套不超过 200 层，且不是网页。",
    ),
)
CSV_FORMULAS = Check(
    "csv-formulas",
    1,
    Said("No cell begins like a formula.", "没有以公式符号开头的单元格。"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A cell that a spreadsheet would calculate: not a signed number, and not a lone dash for "none".
_FORMULA = re.compile(
    r'(?:^|[,;\t])[ "]*[=+\-@＝＋－＠](?![\d.]+(?:[eE][+\-]?\d+)?%?["]?\s*(?:[,;\t\r\n]|$)|[\-"]*\s*(?:[,;\t\r\n]|$))',
    re.M,
)


def encoding_of(path: Path) -> str:
    """The first of ENCODINGS in which every byte has a meaning; "" for none."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return ""


def excerpt_of(path: Path) -> str:
    encoding = encoding_of(path)
    if not encoding:
        return ""
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        return storable(file.read(EXCERPT_CHARACTERS))


def text_encoding(path: Path, declared: Declared) -> Shown:
    cure = Said("Save the file as UTF-8 text and upload it.", "请将文件另存为 UTF-8 文本后上传。")
    encoding = encoding_of(path)
    if not encoding:
        said = Said("The text is neither UTF-8 nor GB18030.", "文本既不是 UTF-8 也不是 GB18030 编码。")
        return Shown(TEXT_ENCODING.failed(said, cure))
    with path.open(encoding=encoding, newline="") as file:
        while chunk := file.read(CHUNK):
            if found := _CONTROL.search(chunk):
                code = f"U+{ord(found[0]):04X}"
                said = Said(f"The text holds the control character {code}.", f"文本含控制字符 {code}。")
                return Shown(TEXT_ENCODING.failed(said, cure, encoding=encoding, character=code))
    return Shown(TEXT_ENCODING.passed(encoding=encoding), text=excerpt_of(path))


def csv_formulas(path: Path, declared: Declared) -> Finding:
    encoding = encoding_of(path)
    with path.open(encoding=encoding or "utf-8", errors="replace") as file:
        for row, line in enumerate(file, 1):
            if _FORMULA.search(line):
                said = Said(
                    f"Row {row} has a cell that a spreadsheet would calculate as a formula.",
                    f"第 {row} 行有单元格会被电子表格当作公式计算。",
                )
                cure = Said(
                    "Put an apostrophe before such cells, or send XLSX.", "请在此类单元格前加撇号，或改用 XLSX。"
                )
                return CSV_FORMULAS.warned(said, cure, row=row)
    return CSV_FORMULAS.passed()


class _Refused(Exception):
    """The parser met something that ends the reading at once."""

    def __init__(self, fault: str, said: Said) -> None:
        super().__init__(fault)
        self.fault, self.said = fault, said


class _Measure:
    """Told of every tag as lxml reads it; keeps numbers only, so memory stays flat."""

    def __init__(self) -> None:
        self.depth = self.deepest = self.elements = 0

    def doctype(self, name: str, public: str, system: str) -> None:
        raise _Refused("dtd", Said("The XML declares a document type (DTD).", "XML 声明了文档类型（DTD）。"))

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self.depth += 1
        self.elements += 1
        self.deepest = max(self.deepest, self.depth)
        if self.depth > MAX_XML_DEPTH:
            raise _Refused("depth", Said("The XML is more than 200 levels deep.", "XML 嵌套超过 200 层。"))
        if etree.QName(tag).localname.lower() in ("html", "svg", "script"):
            raise _Refused(
                "page", Said("The XML is a web page or drawing with scripts.", "XML 是网页或可含脚本的图形。")
            )

    def end(self, tag: str | bytes) -> None:
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        """Words do not matter here."""

    def comment(self, text: str | bytes) -> None:
        """Nor do remarks."""

    def close(self) -> "_Measure":
        return self


def xml_structure(path: Path, declared: Declared) -> Shown:
    cure = Said("Export the XML again without a DTD, as plain nested data.", "请重新导出不含 DTD 的普通 XML 数据。")
    measure = _Measure()
    parser = etree.XMLParser(target=measure, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                parser.feed(chunk)
        parser.close()
    except _Refused as refused:
        return Shown(XML_STRUCTURE.failed(refused.said, cure, fault=refused.fault))
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        said = Said(f"The XML is not well formed at line {line}.", f"XML 第 {line} 行格式错误。")
        return Shown(XML_STRUCTURE.failed(said, cure, fault="syntax", line=line))
    finding = XML_STRUCTURE.passed(elements=measure.elements, depth=measure.deepest)
    return Shown(finding, text=excerpt_of(path))
