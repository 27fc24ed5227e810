"""What an entry of the inbox says, what it is about and where that stands, in the page's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

PLACES = {
    "Order": "/orders/{id}", "DespatchAdvice": "/shipments/{id}", "SupplyLink": "/links/{id}", "Firm": "/firms/{id}",
    "Item": "/items/{id}", "Qualification": "/qualification/{id}", "DataRequest": "/requests/{id}", "DisruptionNotice": "/notices/{id}", "Rfq": "/rfqs/{id}", "Requisition": "/requisitions/{id}", "Invoice": "/invoices/{id}", "Framework": "/frameworks/{id}", "SchedulingAgreement": "/scheduling/{id}", "Pool": "/pools/{id}", "PoolMembership": "/pools", "Statement": "/statements/{id}", "CauseRecord": "/causes/{id}",
    "Application": "/registration/{id}", "SheetImport": "/exchange/imports/{id}", "Explosion": "/plans/{id}",
    "CertificateShowing": "/certificates", "CertificateVerification": "/certificates", "Certificate": "/certificates", "CertificateRequest": "/certificates", "CertificateVersion": "/certificates",
    "QualificationProposal": "/qualification?sought=PROPOSED", "LinkProposal": "/links", "FirmMerger": "/mergers",
    "FinancialAccount": "/accounts", "Person": "/people", "Terms": "/sharing", "AccessGrant": "/sharing",
    "AllocatedFigure": "/sharing/figures", "LinkDisclosure": "/sharing", "MaterialNeed": "/plans", "IdentityReveal": "/requests/names",
    "SilenceTerms": "/limits", "AnswerBatch": "/answers/{id}",
    "ScorecardContest": "/scorecards", "ScorecardObservation": "/scorecards", "ScorecardTerms": "/scorecards",
}  # fmt: skip


def place_of(kind: str, sealed: str, subject: dict[str, Any] | None, what: str = "") -> str:
    """The page on which to act on what was told: the thing's own, or the inbox itself where it has none."""
    if what == "terms_missing":
        return PLACES["Terms"]
    if what == "orders_wait":
        return "/orders/by-link"
    if kind == "DocumentRequirement" and subject:
        return f"/orders/{subject['orderId']}/documents#r-{sealed}"
    return PLACES.get(kind, "/inbox").format(id=sealed)


def reasons() -> list[tuple[str, str]]:
    return [
        ("MUST_ANSWER", pgettext("inbox", "待您办理")), ("REMINDER", pgettext("inbox", "提醒")),
        ("FOLLOWED", pgettext("inbox", "您关注的")), ("TOLD", pgettext("inbox", "通知")),
    ]  # fmt: skip


def reason_word(reason: str) -> str:
    return dict(reasons()).get(reason, reason)


def what_word(entry: dict[str, Any]) -> str:
    """What happened or is to be done; of a code without words, only that there is something."""
    words = {
        "confirm_financial_account": pgettext("told", "有收款账户待第二人确认"),
        "financial_account_confirmed": pgettext("told", "收款账户已确认"),
        "financial_account_refused": pgettext("told", "收款账户未获确认"),
        "record_callback": pgettext("told", "供应商的收款账户待回拨核实"),
        "callback_denied": pgettext("told", "采购方回拨时贵方否认了该收款账户，请立即核查"),
        "supply_link_declared": pgettext("told", "对方申报了供应关系：属实吗？"),
        "supply_link_disputed": pgettext("told", "供应关系有异议，请更正或终止"),
        "supply_link_confirmed": pgettext("told", "对方确认了供应关系"), "supply_link_ended": pgettext("told", "对方终止了供应关系"),
        "link_proposed": pgettext("told", "有企业提议一条供应关系：属实吗？"),
        "link_proposal_accepted": pgettext("told", "您提议的供应关系已被接受"),
        "link_proposal_declined": pgettext("told", "往来单位否认了您提议的供应关系"),
        "links_disclosed": pgettext("told", "伙伴让贵方查看其上游供应关系，见链图"),
        "disclosure_revoked": pgettext("told", "伙伴收回了其上游供应关系的查看"),
        "orders_wait": pgettext("told", "有采购方按贵方信用代码下了订单，请接收"),
        "terms_missing": pgettext("told", "已建立供应关系：请先接受数据共享条款，之后才能往来"),
        "terms_to_accept": pgettext("told", "有数据共享条款待贵方接受"), "terms_accepted": pgettext("told", "对方接受了数据共享条款"),
        "terms_declined": pgettext("told", "对方未接受贵方提出的条款"), "terms_withdrawn": pgettext("told", "对方撤回了待接受的条款"),
        "access_granted": pgettext("told", "有企业向贵方公开了数据"), "access_ended": pgettext("told", "对贵方的数据授权已结束"),
        "access_changed": pgettext("told", "对贵方的数据授权范围有调整"), "needs_asked": pgettext("told", "客户的计划需要贵方供货"),
        "application_confirmed": pgettext("told", "入驻申请已通过，可以开始使用"),
        "application_declined": pgettext("told", "入驻申请被退回，请按意见修改后重新提交"),
        "certificate_requested": pgettext("told", "客户索取证书，请展示或回绝"), "certificate_request_refused": pgettext("told", "供应商回绝了证书索取"),
        "certificate_shown": pgettext("told", "供应商展示了证书，请核实"), "certificate_renewed": pgettext("told", "证书已续期，请重新核实"),
        "certificate_not_accepted": pgettext("told", "客户不接受该证书"), "certificate_ends": pgettext("told", "证书即将到期"),
        "qualification_proposed": pgettext("told", "有供应商资格提议待审批"), "qualification_approved": pgettext("told", "供应商资格已批准"),
        "qualification_declined": pgettext("told", "供应商资格提议未获批准"), "qualification_lapsed": pgettext("told", "供应商资格因证书失效变为有条件"),
        "qualification_restored": pgettext("told", "供应商资格已恢复"), "supplier_blocked": pgettext("told", "供应商在该类别已停用"),
        "supplier_unblocked": pgettext("told", "供应商停用已解除"), "observation_contested": pgettext("told", "供应商对评分依据提出异议，请答复"),
        "contest_agreed": pgettext("told", "评分异议已获同意"), "contest_refused": pgettext("told", "评分异议被驳回"),
        "role_given": pgettext("told", "您的角色有增加"), "role_withdrawn": pgettext("told", "您的角色有收回"),
        "OrderPlaced": pgettext("told", "已下单"), "OrderAnswered": pgettext("told", "供应商已答复"),
        "LinesAgreed": pgettext("told", "订单行已达成一致"), "ResponseDecided": pgettext("told", "采购方已对答复作决定"),
        "ResponseLapsed": pgettext("told", "答复逾期未决定，已按事先约定处理"), "response_lapsed": pgettext("told", "答复逾期未决定，已按事先约定处理"),
        **_clock_words(),
        "LineClosedShort": pgettext("told", "订单行已短交关闭"), "DespatchAdviceSent": pgettext("told", "已发货"),
        "ReceiptPosted": pgettext("told", "已登记收货"), "DocumentsRequired": pgettext("told", "已要求资料"),
        "DocumentSubmitted": pgettext("told", "资料已提交"), "DocumentChecked": pgettext("told", "资料已检查"),
        "DocumentReviewed": pgettext("told", "资料已审核"), "DeliveryAccepted": pgettext("told", "交付已验收"),
        "SupplyLinkDeclared": pgettext("told", "供应关系已申报"), "SupplyLinkConfirmed": pgettext("told", "供应关系已确认"),
        "SupplyLinkDisputed": pgettext("told", "供应关系被提出异议"), "SupplyLinkRestated": pgettext("told", "供应关系已更正"),
        "SupplyLinkEnded": pgettext("told", "供应关系已终止"), "ShareBandStated": pgettext("told", "采购份额已填写"),
        "EvidenceAdded": pgettext("told", "供应关系有新证据"), "FirmChanged": pgettext("told", "企业资料有变更"),
        "SiteAdded": pgettext("told", "企业新增场所"), "SiteChanged": pgettext("told", "场所资料有变更"),
        "data_request.asked": pgettext("told", "有企业请求贵公司的数据，等您答复"), "data_request.approved": pgettext("told", "数据请求已获同意，可以查看"),
        "data_request.refused": pgettext("told", "数据请求未获同意"), "data_request.terminated": pgettext("told", "对方收回了数据请求的答复"),
        "statement.to_send": pgettext("told", "上月对账单草稿已备好，请核对发送"), "statement.to_confirm": pgettext("told", "收到对账单，请确认或提出异议"),
        "statement.to_answer": pgettext("told", "对方对对账单有异议，请答复"), "statement.agreed": pgettext("told", "对账单双方已确认"),
        "statement.withdrawn": pgettext("told", "对方撤回了对账单"), "cause.stated": pgettext("told", "对方陈述了未按期交付的原因，请答复"),
        "cause.agreed": pgettext("told", "未按期交付已有共同原因"), "cause.reopening": pgettext("told", "对方要求重新打开已同意的原因"),
        "cause.reopened": pgettext("told", "双方同意重新打开原因"),
        "invoice.to_answer": pgettext("told", "收到发票，请答复"), "invoice.query_answered": pgettext("told", "供应商答复了发票质疑"),
        "invoice.release_to_approve": pgettext("told", "发票放行待您批准"), "invoice.queried": pgettext("told", "采购方对发票有质疑，请答复"),
        "invoice.answered": pgettext("told", "采购方答复了发票"), "invoice.credited": pgettext("told", "供应商冲销了发票"),
        "framework.to_approve": pgettext("told", "框架协议待您审批"), "framework.rejected": pgettext("told", "您的框架协议被驳回"),
        "framework.proposed": pgettext("told", "采购方提出框架协议，请答复"), "framework.accepted": pgettext("told", "供应商同意了框架协议"),
        "framework.declined": pgettext("told", "供应商未同意框架协议"), "framework.ended": pgettext("told", "框架协议已终止"),
        "framework.expired": pgettext("told", "框架协议已到期"), "framework.amendment_to_approve": pgettext("told", "框架协议变更待您审批"),
        "framework.amendment_proposed": pgettext("told", "对方提出框架协议变更，请答复"), "framework.amendment_accepted": pgettext("told", "对方同意了框架协议变更"),
        "framework.amendment_declined": pgettext("told", "对方未同意框架协议变更"),
        "scheduling_agreement.proposed": pgettext("told", "采购方提出计划协议，请答复"), "scheduling_agreement.accepted": pgettext("told", "供应商同意了计划协议"),
        "scheduling_agreement.declined": pgettext("told", "供应商未同意计划协议"), "scheduling_agreement.ended": pgettext("told", "计划协议已终止"),
        "release.published": pgettext("told", "采购方发布了新的要货计划，请答复"), "release.acknowledged": pgettext("told", "供应商确认了要货计划"),
        "release.objected": pgettext("told", "供应商对要货计划有异议"),
        "requisition.to_approve": pgettext("told", "请购单待您审批"), "requisition.approved": pgettext("told", "您的请购单已批准"),
        "requisition.rejected": pgettext("told", "您的请购单被驳回"),
        "rfq.to_approve": pgettext("told", "询价单待您批准"), "rfq.issued": pgettext("told", "邀请贵公司报价"),
        "rfq.amended": pgettext("told", "询价有变更，请确认或重新提交报价"), "rfq.question_asked": pgettext("told", "受邀供应商提问，等您答复"),
        "rfq.question_answered": pgettext("told", "采购方答复了询价提问"), "rfq.opened": pgettext("told", "报价已开启，请比价定标"),
        "rfq.clarification_asked": pgettext("told", "采购方就贵公司已开启的报价提问，请答复"),
        "rfq.clarification_answered": pgettext("told", "报价方答复了澄清问题"),
        "rfq.clarification_withdrawn": pgettext("told", "采购方撤回了澄清问题，无须答复"),
        "rfq.closed": pgettext("told", "询价已截止，报价已开启"), "rfq.cancelled": pgettext("told", "询价已取消"),
        "rfq.awarded": pgettext("told", "询价已定标，请查看结果"), "RfqIssued": pgettext("told", "询价单已发布"),
        "RfqAmended": pgettext("told", "询价单已变更"), "RfqClosed": pgettext("told", "询价单已开标"),
        "RfqCancelled": pgettext("told", "询价单已取消"), "RfqAwarded": pgettext("told", "询价单已定标"),
        "RfqQuestionAnswered": pgettext("told", "询价提问已答复"), "RfqRoundOpened": pgettext("told", "询价开启了新一轮报价"),
        "rfq.round_opened": pgettext("told", "采购方开启新一轮报价，请查看"), "rfq.left_out": pgettext("told", "未受邀参与新一轮，原报价仍有效"),
        "pool.opened": pgettext("told", "邀请贵公司参加联合采购，请填报需求"), "pool.closed": pgettext("told", "联合采购填报已截止"),
        "pool.to_source": pgettext("told", "联合采购已截止，请按合计询价"), "pool.not_formed": pgettext("told", "联合采购填报不足 3 家，未成立"),
        "pool.allotted": pgettext("told", "联合采购已分配，请下单"), "pool.not_allotted": pgettext("told", "联合采购已定标，贵公司未获份额"),
        "pool.cancelled": pgettext("told", "联合采购已取消"), "PoolOpened": pgettext("told", "联合采购已发起"),
        "PoolClosed": pgettext("told", "联合采购填报已截止"), "PoolSourced": pgettext("told", "联合采购已按合计询价"),
        "PoolAwarded": pgettext("told", "联合采购已分配"), "PoolCancelled": pgettext("told", "联合采购已取消"),
        "data_request.reason_over": pgettext("told", "中断通知已解除，据此提出的数据请求随之终止"),
        "disruption_notice.opened": pgettext("told", "伙伴发来中断通知，请评估影响"), "disruption_notice.updated": pgettext("told", "伙伴更新了中断通知，请重新评估"),
        "disruption_notice.resolved": pgettext("told", "伙伴的中断通知已解除"), "disruption_notice.act": pgettext("told", "本单位评估为需行动，请处理"),
        "DisruptionNoticeOpened": pgettext("told", "中断通知已发出"), "DisruptionNoticeUpdated": pgettext("told", "中断通知已更新"),
        "DisruptionNoticeResolved": pgettext("told", "中断通知已解除"),
        "SiteClosed": pgettext("told", "场所已关闭"), "FirmsMerged": pgettext("told", "企业记录已合并"),
    }  # fmt: skip
    usual = {
        "MUST_ANSWER": pgettext("told", "有事项待您办理"), "REMINDER": pgettext("told", "有事项即将到期"),
        "FOLLOWED": pgettext("told", "您关注的内容有新动态"), "TOLD": pgettext("told", "有一则通知"),
    }  # fmt: skip
    return str(words.get(entry["what"]) or usual.get(entry["reason"], entry["what"]))


def _clock_words() -> dict[str, str]:
    """Of answers that do not come, and of what silence means."""
    about = {
        "order": pgettext("answered", "订单"), "order_change": pgettext("answered", "订单变更"),
        "order_cancellation": pgettext("answered", "取消请求"), "repromise": pgettext("answered", "新交期（采购方决定）"),
    }  # fmt: skip
    found: dict[str, str] = {}
    for kind, word in about.items():
        found |= {
            f"answer_unseen_{kind}": _("%(what)s到期未告知收到，请先告知对方", what=word),
            f"answer_remind_{kind}": _("%(what)s即将到答复期限", what=word),
            f"answer_lead_{kind}": _("%(what)s已过答复期限，请立即答复", what=word),
            f"answer_partner_{kind}": _("%(what)s：对方逾期仍未答复", what=word),
        }
    return found | {
        "order_held": pgettext("told", "采购方暂停了订单：解除之前不得发货，答复期限停走"),
        "hold_lifted": pgettext("told", "采购方解除了暂停，订单继续"), "OrderHeld": pgettext("told", "订单已暂停"),
        "HoldLifted": pgettext("told", "暂停已解除"),
        "AnswerOverdue": pgettext("told", "已过答复期限"),
        "order_assumed_agreed": pgettext("told", "逾期未答复，按双方约定视为接受"),
        "OrderAssumedAgreed": pgettext("told", "逾期未答复，按双方约定视为接受"),
        "order_lapsed": pgettext("told", "逾期未答复，订单按双方约定失效"), "OrderLapsed": pgettext("told", "逾期未答复，订单按双方约定失效"),
        "silence_held": pgettext("told", "逾期未答复，但沉默约定不适用，订单继续等待"),
        "SilenceHeld": pgettext("told", "逾期未答复，但沉默约定不适用，订单继续等待"),
        "silence_terms_proposed": pgettext("told", "对方提出“不答复算什么”的约定，等您答复"),
        "silence_terms_accepted": pgettext("told", "对方同意了沉默约定"), "silence_terms_declined": pgettext("told", "对方不同意沉默约定"),
        "silence_terms_revoked": pgettext("told", "对方解除了沉默约定"),
    }  # fmt: skip


def subject_word(thing: dict[str, Any]) -> str:
    """The thing by its kind and its own name or number."""
    subject = thing["subject"] or {}
    kind, told = thing["subjectKind"], subject.get("number") or subject.get("name") or subject.get("title") or ""
    if kind == "Order":
        return str(
            _(
                "订单 %(number)s · %(buyer)s → %(seller)s",
                number=told,
                buyer=subject["buyer"]["name"],
                seller=subject["seller"]["name"],
            )
        )
    if kind == "DocumentRequirement":
        return str(_("资料 %(title)s · 订单 %(number)s", title=told, number=subject["order"]["number"]))
    if kind == "SupplyLink":
        ends = [subject[end]["name"] if subject[end] else pgettext("link", "代号企业") for end in ("from", "to")]
        item = subject["made"]["number"] if subject["made"] else ""
        return str(_("供应关系 %(supplier)s → %(buyer)s %(item)s", supplier=ends[0], buyer=ends[1], item=item))
    if kind == "SilenceTerms" and subject:
        pair = {"buyer": subject["buyer"]["name"], "seller": subject["seller"]["name"]}
        return str(_("%(buyer)s → %(seller)s 的订单", **pair))
    if kind == "FinancialAccount":
        return str(_("%(firm)s 账户 %(number)s", firm=subject["firm"]["name"], number=subject["maskedNumber"]))
    if kind == "DisruptionNotice":
        return str(_("中断通知 · %(sender)s", sender=subject["toldBy"]["name"])) if subject else kind_word(kind)
    if kind == "Rfq":
        return (
            str(_("询价单 %(number)s · %(title)s", number=subject["number"], title=subject["about"]))
            if subject
            else kind_word(kind)
        )
    if kind == "Pool":
        return (
            str(_("联合采购 %(number)s · %(title)s", number=subject["number"], title=subject["about"]))
            if subject
            else kind_word(kind)
        )
    if kind == "Requisition":
        return (
            str(_("请购单 %(number)s · %(title)s", number=subject["number"], title=subject["about"]))
            if subject
            else kind_word(kind)
        )
    if kind == "Statement":
        span = {"since": subject["periodFrom"], "until": subject["periodUntil"]} if subject else {}
        return str(_("对账单 %(since)s – %(until)s", **span)) if subject else kind_word(kind)
    if kind == "CauseRecord":
        return str(_("应于 %(day)s 的交付", day=subject["dueOn"])) if subject else kind_word(kind)
    if kind == "Invoice":
        return str(_("发票 %(number)s", number=subject["number"])) if subject else kind_word(kind)
    if kind == "DataRequest":
        return str(_("数据请求 %(item)s", item=subject["asked"]))
    return f"{kind_word(kind)} {told}".strip()


def kind_word(kind: str) -> str:
    words = {
        "DespatchAdvice": pgettext("kind", "发货通知"), "Firm": pgettext("kind", "企业"), "Item": pgettext("kind", "物料"),
        "Certificate": pgettext("kind", "证书"), "CertificateRequest": pgettext("kind", "证书索取"),
        "CertificateVersion": pgettext("kind", "证书版本"), "CertificateShowing": pgettext("kind", "证书"),
        "CertificateVerification": pgettext("kind", "证书核实"), "ScorecardContest": pgettext("kind", "评分异议"), "Qualification": pgettext("kind", "供应商资格"),
        "QualificationProposal": pgettext("kind", "资格提议"), "LinkProposal": pgettext("kind", "供应关系提议"),
        "Terms": pgettext("kind", "条款"), "AccessGrant": pgettext("kind", "授权"), "Person": pgettext("kind", "您的账号"),
        "Application": pgettext("kind", "入驻申请"), "FirmMerger": pgettext("kind", "企业合并"),
        "LinkDisclosure": pgettext("kind", "链路公开"), "AllocatedFigure": pgettext("kind", "分配数据"),
        "SheetImport": pgettext("kind", "导入"), "Explosion": pgettext("kind", "计划"), "MaterialNeed": pgettext("kind", "需求"),
        "DisruptionNotice": pgettext("kind", "中断通知"), "Rfq": pgettext("kind", "询价单"), "Requisition": pgettext("kind", "请购单"), "Framework": pgettext("kind", "框架协议"), "SchedulingAgreement": pgettext("kind", "计划协议"),
        "Invoice": pgettext("kind", "发票"), "Statement": pgettext("kind", "对账单"), "CauseRecord": pgettext("kind", "未按期交付"),
        "Pool": pgettext("kind", "联合采购"), "PoolMembership": pgettext("kind", "联合采购"),
    }  # fmt: skip
    return str((words | _rarer_kinds()).get(kind, pgettext("kind", "内容")))


def _rarer_kinds() -> dict[str, str]:
    """What is seldom told of by itself, and can be all the same."""
    return {
        "Order": pgettext("kind", "订单"), "OrderHold": pgettext("kind", "暂停"), "RfqClarification": pgettext("kind", "报价澄清"),
        "OrderLine": pgettext("kind", "订单行"), "Schedule": pgettext("kind", "交货计划"),
        "OrderResponse": pgettext("kind", "订单答复"), "OrderResponseLine": pgettext("kind", "订单答复"), "OrderChange": pgettext("kind", "订单变更"),
        "OrderCancellation": pgettext("kind", "订单取消"), "Repromise": pgettext("kind", "新交期"), "Tolerance": pgettext("kind", "容差"),
        "SilenceTerms": pgettext("kind", "沉默约定"), "AnswerBatch": pgettext("kind", "批量答复"), "GuestLink": pgettext("kind", "免账号链接"),
        "DespatchLine": pgettext("kind", "发货通知"), "ReceiptAdvice": pgettext("kind", "收货单"), "StockCount": pgettext("kind", "库存盘点"),
        "DocumentRequirement": pgettext("kind", "资料"), "Document": pgettext("kind", "资料"), "DocumentRevision": pgettext("kind", "资料"),
        "AcceptanceCertificate": pgettext("kind", "验收证书"), "Upload": pgettext("kind", "上传"), "SheetExport": pgettext("kind", "导出"),
        "Job": pgettext("kind", "后台任务"), "SupplyLink": pgettext("kind", "供应关系"), "Site": pgettext("kind", "场所"),
        "Chain": pgettext("kind", "链图"), "Stage": pgettext("kind", "环节"), "CrossReference": pgettext("kind", "料号对照"),
        "BillOfMaterial": pgettext("kind", "物料清单"), "BackupSource": pgettext("kind", "备链"), "ResilienceRun": pgettext("kind", "韧性计算"),
        "SavedScenario": pgettext("kind", "已存情景"), "DataRequest": pgettext("kind", "数据请求"), "IdentityReveal": pgettext("kind", "公开名称"),
        "NamingConsent": pgettext("kind", "具名同意"), "FinancialAccount": pgettext("kind", "收款账户"),
        "QualificationCategory": pgettext("kind", "资格类别"), "ScorecardObservation": pgettext("kind", "评分依据"),
        "ScorecardTerms": pgettext("kind", "评分规则"), "RfqInvitation": pgettext("kind", "报价邀请"), "RfqQuestion": pgettext("kind", "询价提问"),
        "Quotation": pgettext("kind", "报价"), "QuotationLine": pgettext("kind", "报价"), "FrameworkAmendment": pgettext("kind", "协议变更"),
        "ScheduleRelease": pgettext("kind", "要货计划"), "InvoiceLine": pgettext("kind", "发票"), "InvoiceRelease": pgettext("kind", "放行"),
        "CreditNote": pgettext("kind", "冲销"), "StatementLine": pgettext("kind", "对账单"), "StatementDispute": pgettext("kind", "对账异议"),
        "StatedCause": pgettext("kind", "原因陈述"),
    }  # fmt: skip
