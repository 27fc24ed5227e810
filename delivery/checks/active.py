"""What a file could do by itself, told alike of every format."""

from collections.abc import Collection

from delivery.checks.findings import Check, Finding, Said

DANGEROUS_ADDRESS = ("javascript:", "file:", "vbscript:", "data:", "\\\\")


def judged(check: Check, kind: str, found: set[str], *, tolerated: Collection[str], what: Said, cure: Said) -> Finding:
    """kind: PDF or OFD. What is not tolerated refuses with this cure, called ``what``; what is only tolerated warns."""
    if forbidden := ", ".join(sorted(found.difference(tolerated))):
        said = Said(f"The {kind} holds {what.en}: {forbidden}.", f"{kind} 含有{what.zh}：{forbidden}。")
        return check.failed(said, cure, found=forbidden[:200])
    if found:
        names = ", ".join(sorted(found))
        said = Said(
            f"The {kind} depends on things outside its pages: {names}.", f"{kind} 依赖页面以外的内容：{names}。"
        )
        return check.warned(
            said, Said("Write out what matters on the pages themselves.", "请将重要内容写入页面正文。"), found=names
        )
    return check.passed()
