"""Good and hostile files, built from nothing by the tests that need them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

OFFICE_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType="{}"/></Types>'
)
SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}" TargetMode="External"/></Relationships>'
)
WORD = '<w:document xmlns:w="urn:w"><w:body>{}</w:body></w:document>'


def zipped(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes | str]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(*more: tuple[str, bytes | str], main: str = SHEET_MAIN) -> bytes:
    return zipped([("[Content_Types].xml", OFFICE_TYPES.format(main)), ("xl/workbook.xml", "<workbook/>"), *more])


def docx(body: str = "", *more: tuple[str, bytes | str]) -> bytes:
    types = ("[Content_Types].xml", OFFICE_TYPES.format("word"))
    return zipped([types, ("word/document.xml", WORD.format(body)), *more])


def link_in_zip() -> bytes:
    info = zipfile.ZipInfo("l")
    info.external_attr = 0o120777 << 16
    return zipped([(info, "/etc/passwd")])


def bomb(megabytes: int = 100) -> bytes:
    return zipped([("a.txt", b"0" * (megabytes << 20))])


def bomb_that_lies() -> bytes:
    """The directory says 100 bytes where 100 MB come out."""
    data = bytearray(bomb())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def overlapping() -> bytes:
    """Both directory entries point at the first entry's bytes."""
    data = bytearray(zipped([("a", b"1" * 50), ("a", b"1" * 50)]))
    first, second = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data).replace(b"PK\x01\x02", b"PK\x01\x02")


def locked_zip() -> bytes:
    data = bytearray(zipped([("a.txt", b"1")]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def png(width: int = 40, height: int = 30) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def jpeg(width: int = 40, height: int = 30) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, "JPEG")
    return buffer.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def flood(width: int, height: int, rows: int = 0) -> bytes:
    """A black PNG that promises many pixels and holds ``rows`` rows of them, written without drawing it."""
    packer = zlib.compressobj(1)
    row = bytes(1 + 3 * width)
    packed = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def blank(pdf: pikepdf.Pdf) -> None:
    """Nothing added."""


def pdf(change: Callable[[pikepdf.Pdf], None] = blank, *, words: str = "Delivery note 4711", **saving: object) -> bytes:
    """One page with a line of text, changed in one way."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(842, 595))
    page.Resources = Dictionary(
        Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    page.Contents = Stream(made, f"BT /F1 18 Tf 20 100 Td ({words}) Tj ET".encode() if words else b"0 0 9 9 re f")
    change(made)
    return saved(made, **saving)


def saved(made: pikepdf.Pdf, **saving: object) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer, static_id=True, **saving)
    return buffer.getvalue()


def at_opening(action: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = action

    return change


def on_a_link(action: Dictionary) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
        made.pages[0].Annots = Array([note])

    return change


def carrying_a_file(made: pikepdf.Pdf) -> None:
    made.attachments["inner.txt"] = b"hello"


def claiming(part: str, level: str) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        with made.open_metadata() as metadata:
            metadata["pdfaid:part"], metadata["pdfaid:conformance"] = part, level

    return change


def with_its_font(made: pikepdf.Pdf) -> None:
    """As a program that embeds writes it; whether the font's own program is sound is not looked at."""
    font = made.pages[0].Resources.Font.F1
    font.FontDescriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica, FontFile3=Stream(made, b"x"))


def naming_fonts() -> bytes:
    """Fonts that are named and not brought along: a subset, one whose name is GB18030, one below a composite font."""
    plain = b"<</Type /Font /Subtype /TrueType /BaseFont /%s>>"
    composite = b"<</Type /Font /Subtype /Type0 /BaseFont /SimHei /DescendantFonts [7 0 R]>>"
    return written(
        [ROOT, PAGES, PAGE, plain % b"ABCDEF+Arial", plain % b"#CB#CE#CC#E5", composite,
         b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /SimHei>>"]
    )  # fmt: skip


def on_sheets(*sizes: tuple[float, float]) -> Callable[[pikepdf.Pdf], None]:
    """Further pages of these sizes in points."""

    def change(made: pikepdf.Pdf) -> None:
        for size in sizes:
            made.add_blank_page(page_size=size)

    return change


def giant_picture(made: pikepdf.Pdf) -> None:
    """Sixty thousand pixels each way, a few bytes in the file."""
    picture = Stream(made, b"")
    picture.write(zlib.compress(b"0" * 1000), filter=Name.FlateDecode)
    picture.Type, picture.Subtype, picture.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    picture.Width, picture.Height, picture.BitsPerComponent = 60000, 60000, 8
    made.pages[0].Resources.XObject = Dictionary(Im0=picture)
    made.pages[0].Contents = Stream(made, b"q 300 0 0 200 0 0 cm /Im0 Do Q")


@cache
def blanks(megabytes: int) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def huge_stream(layers: int) -> Callable[[pikepdf.Pdf], None]:
    """A page that draws 220 MB of blanks, deflated once or several times over."""

    def change(made: pikepdf.Pdf) -> None:
        packed = blanks(220)
        for _ in range(layers - 1):
            packed = zlib.compress(packed)
        contents = Stream(made, b"")
        contents.write(packed, filter=Array([Name.FlateDecode] * layers))
        made.pages[0].Contents = contents

    return change


def written(objects: list[bytes], *, trailer: bytes = b"", loop: bool = False) -> bytes:
    """A PDF from the text of its objects; object 1 is the root. ``loop``: the cross-reference table follows itself."""
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    prev = b"/Prev %d " % table if loop else b""
    data += b"trailer\n<</Size %d /Root 1 0 R %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, prev, trailer, table
    )  # fmt: skip
    return bytes(data)


ROOT = b"<</Type /Catalog /Pages 2 0 R>>"
PAGES = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
PAGE = b"<</Type /Page /Parent 2 0 R /Resources <<>> /MediaBox [0 0 300 200]>>"


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    return written([ROOT, b"<</Type /Pages /Kids [%s] /Count %d>>" % (kids, count), *[PAGE] * count])


def loop_in_the_table() -> bytes:
    return written([ROOT, PAGES, PAGE], loop=True)


def deep_page_tree(levels: int) -> bytes:
    nodes = [
        b"<</Type /Pages /Kids [%d 0 R] /Count 1 %s>>" % (n + 3, b"/Parent %d 0 R" % (n + 1) if n else b"")
        for n in range(levels)
    ]
    return written([ROOT, *nodes, b"<</Type /Page /Parent %d 0 R /MediaBox [0 0 9 9]>>" % (levels + 1)])


def page_tree_in_a_circle() -> bytes:
    return written(
        [ROOT, b"<</Type /Pages /Kids [3 0 R] /Count 1>>", b"<</Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R>>"]
    )


def deep_object(levels: int) -> bytes:
    return written([ROOT, PAGES, PAGE[:-2] + b" /X " + b"[" * levels + b"]" * levels + b">>"])


def script(code: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(code))


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9))
    + b"]><l>&j;</l>"
)
