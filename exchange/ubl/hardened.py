"""XML from strangers, parsed so that a file can neither reach out nor blow up."""

from io import BytesIO

from lxml import etree

from exchange.ubl.documents import Complaint

MOST_BYTES = 20 * 1024 * 1024
MOST_DEPTH = 64
MOST_ELEMENTS = 500_000

BASE = "urn:oasis:names:specification:ubl:schema:xsd:"
CBC, CAC = f"{BASE}CommonBasicComponents-2", f"{BASE}CommonAggregateComponents-2"

DOCUMENTS = (
    "Order", "OrderChange", "OrderCancellation", "OrderResponse", "RequestForQuotation", "Quotation", "Invoice",
    "ApplicationResponse",
)  # fmt: skip
"""The documents read or written here."""


def root_of(document: str) -> str:
    """The root element of a document, with its namespace."""
    return f"{{{BASE}{document}-2}}{document}"


ORDER, ORDER_CHANGE, ORDER_CANCELLATION, ORDER_RESPONSE, RFQ, QUOTATION, INVOICE, APPLICATION_RESPONSE = map(
    root_of, DOCUMENTS
)


class Refused(Exception):
    """The file cannot be read at all, for the one reason in ``complaint``."""

    def __init__(self, en: str, zh: str, *, place: str = "File") -> None:
        super().__init__(en)
        self.complaint = Complaint(place, "", en, zh)


def parsed(content: bytes) -> etree._Element:
    """The root element. Raises Refused: empty, too large, too deep, not XML, with a document type."""
    if not content.strip():
        raise Refused("the file is empty; send a UBL 2.x document", "文件为空；请提供 UBL 2.x 文档")
    if len(content) > MOST_BYTES:
        raise Refused(
            f"the file has {len(content)} bytes; at most {MOST_BYTES} are taken in: split it",
            f"文件大小为 {len(content)} 字节，超过上限 {MOST_BYTES} 字节；请拆分后再提交",
        )
    try:
        return _bounded(content)
    except etree.XMLSyntaxError as error:
        raise Refused(
            f"the file is not well-formed XML: {error.msg}; export it again from the sending system",
            f"文件不是格式良好的 XML（{error.msg}）；请从发送方系统重新导出",
        ) from None


def _bounded(content: bytes) -> etree._Element:
    """Parsed in small steps, so that the limits stop a file before it fills the memory."""
    # Comments and instructions are dropped so that a number cannot be hidden in two halves around one.
    steps = etree.iterparse(
        BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = elements = 0
    for event, element in steps:
        if event == "end":
            depth -= 1
            continue
        if not elements and element.getroottree().docinfo.internalDTD is not None:
            raise Refused(
                "the file declares a document type (DOCTYPE), which UBL never needs; remove it",
                "文件包含 DOCTYPE 声明，UBL 不需要它；请删除该声明",
            )
        depth, elements = depth + 1, elements + 1
        if depth > MOST_DEPTH or elements > MOST_ELEMENTS:
            raise Refused(
                f"the file nests more than {MOST_DEPTH} or holds more than {MOST_ELEMENTS} elements; split it",
                f"文件嵌套超过 {MOST_DEPTH} 层或元素超过 {MOST_ELEMENTS} 个；请拆分后再提交",
            )
    root: etree._Element = steps.root
    return root
