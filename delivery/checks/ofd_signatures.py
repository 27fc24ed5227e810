"""The signatures in an OFD: whether what they list is unchanged, and who signed when by their own account."""

import base64
import binascii
import hashlib
import hmac
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from lxml import etree

from delivery.checks.findings import Check, Declared, Finding, Said
from delivery.checks.ofd_parts import ENTRY, OfdFault, below, documents_of, place_of, text_below, tree_of

MAX_SIGNATURES = 200
MAX_SIGNED_VALUE = 4 << 20

OFD_DIGESTS = Check(
    "ofd-digests",
    1,
    Said("What the signatures of an OFD list is unchanged since.", "OFD 签名所列的内容自签名后未被改动。"),
)
OFD_SIGNATURES = Check(
    "ofd-signatures",
    1,
    Said(
        "The signatures of an OFD are named as they name themselves; whether they are valid is not judged.",
        "列出 OFD 签名自称的签署人和时间；签名本身是否有效不作判断。",
    ),
)
# GB/T 33190-2016, 18.2.3: MD5 unless said otherwise; the object identifiers are those of GM/T 0006 and NIST.
_METHODS = {
    "": "md5", "MD5": "md5", "SHA1": "sha1", "SHA-1": "sha1", "SHA256": "sha256", "SHA-256": "sha256", "SM3": "sm3",
    "1.2.156.10197.1.401": "sm3", "2.16.840.1.101.3.4.2.1": "sha256",
}  # fmt: skip
_SIGN_AGAIN = Said(
    "Export the document anew, sign it, and change nothing afterwards.", "请重新导出并签署，签署后不要再改动。"
)
_SEQUENCE, _OCTETS = 0x30, 0x04


@dataclass(frozen=True)
class Signature:
    """One signature as its part describes it; ``listed``: (entry as written, digest method, digest in base64)."""

    part: str
    who: str
    when: str
    listed: tuple[tuple[str, str, str], ...]


def ofd_digests(path: Path, declared: Declared) -> Finding:
    compared, unknown = 0, set()
    try:
        with zipfile.ZipFile(path) as container:
            for signature in _signatures(container):
                for location, method, value in signature.listed:
                    if method.upper() not in _METHODS:
                        unknown.add(method[:40])
                        continue
                    compared += 1
                    if not _is_unchanged(container, signature.part, location, _METHODS[method.upper()], value):
                        return _changed(location)
    except OfdFault as fault:
        return OFD_DIGESTS.failed(fault.said, _SIGN_AGAIN, part=ascii(fault.part)[1:-1][:120])
    if unknown:
        names = ", ".join(sorted(unknown))[:120]
        said = Said(f"Digests of this method cannot be compared: {names}.", f"无法比对此摘要算法：{names}。")
        cure = Said("Sign the document with SM3 or SHA-256.", "请采用 SM3 或 SHA-256 签署。")
        return OFD_DIGESTS.warned(said, cure, compared=compared, method=names)
    return OFD_DIGESTS.passed(compared=compared)


def _changed(location: str) -> Finding:
    shown = ascii(location)[1:-1][:120]
    said = Said(f"A signed part was changed after signing: {shown}.", f"已签名的部件在签名后被改动：{shown}。")
    return OFD_DIGESTS.failed(said, _SIGN_AGAIN, part=shown)


def _is_unchanged(container: zipfile.ZipFile, base: str, location: str, method: str, value: str) -> bool:
    real = hashlib.new(method, usedforsecurity=False)
    with container.open(place_of(container, base, location)) as file:
        while chunk := file.read(1 << 16):
            real.update(chunk)
    try:
        return hmac.compare_digest(real.digest(), base64.b64decode("".join(value.split()), validate=True))
    except (binascii.Error, ValueError):
        return False


def ofd_signatures(path: Path, declared: Declared) -> Finding:
    try:
        with zipfile.ZipFile(path) as container:
            found = list(_signatures(container))
    except OfdFault as fault:
        return OFD_SIGNATURES.failed(fault.said, _SIGN_AGAIN, part=ascii(fault.part)[1:-1][:120])
    if not found:
        return OFD_SIGNATURES.passed(signatures=0)
    told = "; ".join(f"{one.who or '?'} {one.when or '?'}" for one in found)[:300]
    said = Said(
        f"Signed, by the signatures' own account: {told}. Whether they are valid was not judged.",
        f"含 {len(found)} 个签名，自称：{told}。签名是否有效未作判断。",
    )
    cure = Said("Verify the signatures in an OFD reader, if they matter.", "如签名重要，请在 OFD 阅读器中验证。")
    return OFD_SIGNATURES.warned(said, cure, signatures=len(found), told=told)


def _signatures(container: zipfile.ZipFile) -> Iterator[Signature]:
    seen = 0
    for document in documents_of(container):
        if not document.signatures:
            continue
        for one in below(tree_of(container, document.signatures), "Signature"):
            seen += 1
            if seen > MAX_SIGNATURES:
                raise OfdFault(ENTRY, Said("The OFD has more than 200 signatures.", "OFD 的签名超过 200 个。"))
            part = place_of(container, document.signatures, one.get("BaseLoc", ""))
            yield _signature(container, part, tree_of(container, part))


def _signature(container: zipfile.ZipFile, part: str, tree: etree._Element) -> Signature:
    listed = [
        (str(one.get("FileRef", "")), str(group.get("CheckMethod", "")).strip(), text_below(one, "CheckValue"))
        for group in below(tree, "References")
        for one in below(group, "Reference")
    ]
    provider = next(below(tree, "Provider"), None)
    maker = "" if provider is None else str(provider.get("Company") or provider.get("ProviderName") or "")
    value = text_below(tree, "SignedValue")
    signer = _signer(container, place_of(container, part, value)) if value else ""
    return Signature(part, (signer or maker)[:80], text_below(tree, "SignatureDateTime")[:40], tuple(listed))


def _signer(container: zipfile.ZipFile, name: str) -> str:
    """The common name in the certificate that a seal's signature carries (GB/T 38540, SES_Signature); "" without one."""
    with container.open(name) as file:
        value = file.read(MAX_SIGNED_VALUE)
    outer = next(_der(value), (0, b""))[1]
    inner = next(_der(outer), (0, b""))[1]
    # The certificate stands beside what was signed (GB/T 38540), or as the last octets inside it (GM/T 0031).
    for level in (outer, inner):
        for tag, content in _der(level):
            if tag == _OCTETS and (known := _common_name(content)):
                return known
    return ""


def _common_name(content: bytes) -> str:
    try:
        subject = x509.load_der_x509_certificate(content).subject
        named = subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    except ValueError:
        return ""
    return str(named[0].value) if named else ""


def _der(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each value that follows another (ITU-T X.690, 8.1); stops where the lengths stop fitting."""
    at = 0
    while at + 2 <= len(content):
        tag, length, at = content[at], content[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(content[at : at + size], "big"), at + size
        if at + length > len(content):
            return
        yield tag, content[at : at + length]
        at += length
