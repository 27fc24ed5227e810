"""OFD documents and STEP models, written from nothing by the tests that need them."""

import base64
import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.rules.checks.samples import zipped

OFD = '<ofd:{0} xmlns:ofd="http://www.ofdspec.org/2016"{2}>{1}</ofd:{0}>'
PAGE = "Doc_0/Pages/Page_0/Content.xml"
SHA256, SM3 = "2.16.840.1.101.3.4.2.1", "1.2.156.10197.1.401"


def part(name: str, inside: str = "", attributes: str = "") -> str:
    return OFD.format(name, inside, attributes)


def page(*words: str) -> str:
    texts = "".join(
        f'<ofd:TextObject ID="9"><ofd:TextCode X="1" Y="2">{w}</ofd:TextCode></ofd:TextObject>' for w in words
    )
    return part("Page", f"<ofd:Content><ofd:Layer ID='2'>{texts}</ofd:Layer></ofd:Content>")


def ofd_parts(*words: str, pages: int = 1, document: str = "", body: str = "") -> dict[str, str | bytes]:
    """The entries of a document of like pages. ``document``, ``body``: XML added to Document.xml and to the DocBody."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    info = "<ofd:DocInfo><ofd:Title>总装图</ofd:Title><ofd:Author>设计部</ofd:Author><ofd:Creator>CAD 9</ofd:Creator></ofd:DocInfo>"
    root = f"<ofd:DocBody>{info}<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}</ofd:DocBody>"
    return {
        "OFD.xml": part("OFD", root, ' Version="1.0" DocType="OFD"'),
        "Doc_0/Document.xml": part("Document", f"<ofd:CommonData/><ofd:Pages>{listed}</ofd:Pages>{document}"),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": page(*(words or ("图号 GB-4711",))) for n in range(pages)},
    }


def ofd(*words: str, more: Iterable[tuple[str, str | bytes]] = (), **how: object) -> bytes:
    return zipped({**ofd_parts(*words, **how), **dict(more)}.items())  # type: ignore[arg-type]


def signed_ofd(*, method: str = SM3, change: dict[str, str | bytes] | None = None, lists: str = PAGE) -> bytes:
    """A document sealed by 王工 that lists one entry; ``change`` is written over its entries after signing."""
    parts = ofd_parts(body="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>")
    name = {SM3: "sm3", SHA256: "sha256", "": "md5"}.get(method, "sha1")
    digest = base64.b64encode(hashlib.new(name, str(parts[PAGE]).encode()).digest()).decode()
    reference = f'<ofd:Reference FileRef="/{lists}"><ofd:CheckValue>{digest}</ofd:CheckValue></ofd:Reference>'
    stated = f' CheckMethod="{method}"' if method else ""
    inside = (
        '<ofd:SignedInfo><ofd:Provider ProviderName="seal" Company="签章公司"/>'
        "<ofd:SignatureDateTime>20260328071354Z</ofd:SignatureDateTime>"
        f"<ofd:References{stated}>{reference}</ofd:References></ofd:SignedInfo>"
        "<ofd:SignedValue>SignedValue.dat</ofd:SignedValue>"
    )
    parts["Doc_0/Signs/Signatures.xml"] = part("Signatures", '<ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/>')
    parts["Doc_0/Signs/Sign_0/Signature.xml"] = part("Signature", inside)
    parts["Doc_0/Signs/Sign_0/SignedValue.dat"] = der(0x30, der(0x30, b""), der(0x04, certificate("王工")))
    return zipped({**parts, **(change or {})}.items())


def der(tag: int, *values: bytes) -> bytes:
    content = b"".join(values)
    size = len(content).to_bytes(3, "big")
    return bytes([tag, 0x83]) + size + content


def certificate(name: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key()).serial_number(1)
        .not_valid_before(start).not_valid_after(start + timedelta(days=365)).sign(key, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(Encoding.DER)


STEP_HEADER = (
    "ISO-10303-21;\nHEADER;\n/* made; here */\nFILE_DESCRIPTION(('a ''model''; whole'),'2;1');\n"
    "FILE_NAME('{name}','2026-03-28T07:13:54',('\\X2\\738B5DE5\\X0\\'),('Gears'),'pre','CAD 9','');\n"
    "FILE_SCHEMA(('{schema}'));\nENDSEC;\nDATA;\n"
)
STEP_END = "ENDSEC;\nEND-ISO-10303-21;\n"


def step(
    data: str = "#1=CARTESIAN_POINT('a;b',(0.,1.E-3,2.));\n#2=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.));\n",
    *, schema: str = "AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }", name: str = "轴.stp", end: str = STEP_END,
) -> bytes:  # fmt: skip
    return (STEP_HEADER.format(schema=schema, name=name) + data + end).encode()
