"""What a guest did, in the page's language."""

from flask_babel import gettext as _

from web.trade.words import verb_word


def act_words(what: str) -> str:
    """Words for the note of one request: an address of ours, or a step of verifying."""
    said = {
        "asked for a code": _("索取验证码"), "verified": _("通过验证"), "trade.order": _("查看订单"),
        "exchange.order_file": _("下载订单文件"),
        "suppliers.answer": verb_word("respondToOrder"), "suppliers.acknowledge": _("告知已收到"),
        "documents.order_file": _("查看随货资料"), "documents.upload": verb_word("submitDocument"),
        "documents.file": _("打开文件"), "documents.picture": _("打开文件"),
    }  # fmt: skip
    return str(said.get(what, _("查看随货资料") if what.startswith("documents.") else what))
