"""Every act of the product as the page of duties names it."""

from flask_babel import pgettext


def act_word(act: str) -> str:
    """A mutation in the page's language; one without words here is shown as it is."""
    return str(_words().get(act, act))


def _words() -> dict[str, str]:
    return _trade() | _chain() | _shared() | _sourcing() | _settlement() | _firms()


def _trade() -> dict[str, str]:
    return {
        "placeOrder": pgettext("act", "下订单"), "decideOnResponse": pgettext("act", "对答复作决定"),
        "closeShort": pgettext("act", "短交关闭订单行"), "setTolerance": pgettext("act", "设定容差"),
        "acceptDelivery": pgettext("act", "验收交付"), "respondToOrder": pgettext("act", "答复订单"),
        "changeOrder": pgettext("act", "变更订单"), "respondToOrderChange": pgettext("act", "答复订单变更"),
        "decideOnOrderChange": pgettext("act", "对变更还价作决定"), "withdrawOrderChange": pgettext("act", "撤回订单变更"),
        "requestOrderCancellation": pgettext("act", "请求取消订单"), "answerOrderCancellation": pgettext("act", "答复取消请求"),
        "withdrawOrderCancellation": pgettext("act", "撤回取消请求"), "repromiseOrder": pgettext("act", "交期再承诺"),
        "decideOnRepromise": pgettext("act", "对新交期作决定"),
        "discardInvoice": pgettext("act", "丢弃发票草稿"),
        "holdOrder": pgettext("act", "暂停订单"), "liftHold": pgettext("act", "解除暂停"),
        "answerOrders": pgettext("act", "批量答复订单"), "decideOnResponses": pgettext("act", "批量决定答复"), "setAnswerLimits": pgettext("act", "设定答复时限"),
        "setWorkingHours": pgettext("act", "登记工作时间"), "setCalendarDays": pgettext("act", "登记日期"),
        "proposeSilenceTerms": pgettext("act", "提出沉默约定"), "acceptSilenceTerms": pgettext("act", "同意沉默约定"),
        "declineSilenceTerms": pgettext("act", "不同意沉默约定"), "withdrawSilenceTerms": pgettext("act", "撤回沉默约定"),
        "revokeSilenceTerms": pgettext("act", "解除沉默约定"),
        "sendDespatchAdvice": pgettext("act", "发货"), "postReceipt": pgettext("act", "登记收货"),
        "takeOverOrders": pgettext("act", "接收订单"), "reachFirm": pgettext("act", "填写未入驻企业"),
        "openGuestLink": pgettext("act", "开通免账号链接"), "readOutCode": pgettext("act", "电话告知验证码"),
        "revokeGuestLink": pgettext("act", "撤销免账号链接"), "requireDocuments": pgettext("act", "要求资料"),
        "submitDocument": pgettext("act", "提交资料"), "reviewDocument": pgettext("act", "审核资料"),
        "openUpload": pgettext("act", "开设上传"), "describeItem": pgettext("act", "填写未入驻企业的物料"), "addItem": pgettext("act", "添加物料"),
        "changeItem": pgettext("act", "修改物料"), "retireItem": pgettext("act", "停用物料"),
        "countStock": pgettext("act", "登记库存"), "stateBill": pgettext("act", "登记物料清单"),
        "endBill": pgettext("act", "终止物料清单"), "stateCrossReference": pgettext("act", "登记料号对照"),
        "endCrossReference": pgettext("act", "终止料号对照"), "explodePlan": pgettext("act", "展开计划"),
        "withdrawPlan": pgettext("act", "撤回计划"), "importUbl": pgettext("act", "导入 UBL 单据"),
    }  # fmt: skip


def _chain() -> dict[str, str]:
    return {
        "declareSupplyLink": pgettext("act", "申报供应关系"), "confirmSupplyLink": pgettext("act", "确认供应关系"),
        "disputeSupplyLink": pgettext("act", "对供应关系提出异议"), "restateSupplyLink": pgettext("act", "更正供应关系"),
        "endSupplyLink": pgettext("act", "终止供应关系"), "proposeSupplyLink": pgettext("act", "提议供应关系"),
        "acceptLinkProposal": pgettext("act", "接受关系提议"), "declineLinkProposal": pgettext("act", "否认关系提议"),
        "withdrawLinkProposal": pgettext("act", "撤回关系提议"), "stateShareBand": pgettext("act", "填写采购份额"),
        "startResilienceRun": pgettext("act", "开始计算"), "cancelResilienceRun": pgettext("act", "取消计算"),
        "resumeResilienceRun": pgettext("act", "继续计算"),
        "recordBackupSource": pgettext("act", "登记备链"), "changeBackupSource": pgettext("act", "修改备链"),
        "qualifyBackupSource": pgettext("act", "认定备链合格"), "beginBackupTrial": pgettext("act", "备链开始试制"),
        "confirmBackupReady": pgettext("act", "确认备链就绪"), "dropBackupSource": pgettext("act", "放弃备链"),
        "setStageEssentiality": pgettext("act", "设定环节投入重要性"),
        "stateLinkEssentiality": pgettext("act", "填写关系重要性"),
        "withdrawLinkEssentiality": pgettext("act", "撤回关系重要性"),
        "stateLinkRecovery": pgettext("act", "填写恢复天数"),
        "withdrawLinkRecovery": pgettext("act", "撤回恢复天数"),
        "discloseLinks": pgettext("act", "公开供应关系"), "revokeDisclosure": pgettext("act", "撤回公开"),
        "consentToNaming": pgettext("act", "同意具名"), "revokeNaming": pgettext("act", "收回具名同意"),
        "saveScenario": pgettext("act", "保存情景"), "renameScenario": pgettext("act", "重命名情景"),
        "restateScenario": pgettext("act", "更新情景"), "dropScenario": pgettext("act", "删除情景"),
        "proposeQualification": pgettext("act", "提议资格"), "approveQualification": pgettext("act", "批准资格"),
        "declineQualification": pgettext("act", "不批准资格"), "blockSupplier": pgettext("act", "停用供应商"),
        "unblockSupplier": pgettext("act", "解除停用"), "addCategory": pgettext("act", "新增类别"),
        "changeCategory": pgettext("act", "修改类别"), "assignItems": pgettext("act", "物料归类"),
        "setScorecardTerms": pgettext("act", "设定评分规则"), "contestObservation": pgettext("act", "申诉计分事件"),
        "agreeToContest": pgettext("act", "同意申诉"), "refuseContest": pgettext("act", "不同意申诉"),
        "requestCertificate": pgettext("act", "索取证书"), "verifyCertificate": pgettext("act", "核实证书"),
        "addCertificate": pgettext("act", "登记证书"), "renewCertificate": pgettext("act", "续期证书"),
        "withdrawCertificate": pgettext("act", "撤回证书"), "showCertificate": pgettext("act", "展示证书"),
        "hideCertificate": pgettext("act", "停止展示"), "refuseCertificateRequest": pgettext("act", "回绝索取"),
    }  # fmt: skip


def _sourcing() -> dict[str, str]:
    return {
        "draftFramework": pgettext("act", "编写框架协议"),
        "submitFramework": pgettext("act", "提交框架协议"),
        "approveFramework": pgettext("act", "批准框架协议"),
        "rejectFramework": pgettext("act", "驳回框架协议"),
        "withdrawFramework": pgettext("act", "撤回框架协议"),
        "acceptFramework": pgettext("act", "同意框架协议"),
        "declineFramework": pgettext("act", "不同意框架协议"),
        "endFramework": pgettext("act", "终止框架协议"),
        "callOff": pgettext("act", "按协议要货"),
        "proposeFrameworkAmendment": pgettext("act", "提出框架协议变更"),
        "approveFrameworkAmendment": pgettext("act", "批准框架协议变更"),
        "acceptFrameworkAmendment": pgettext("act", "同意框架协议变更"),
        "declineFrameworkAmendment": pgettext("act", "不同意框架协议变更"),
        "withdrawFrameworkAmendment": pgettext("act", "撤回框架协议变更"),
        "proposeSchedulingAgreement": pgettext("act", "提出计划协议"),
        "acceptSchedulingAgreement": pgettext("act", "同意计划协议"),
        "declineSchedulingAgreement": pgettext("act", "不同意计划协议"),
        "endSchedulingAgreement": pgettext("act", "终止计划协议"),
        "publishRelease": pgettext("act", "发布要货计划"),
        "acknowledgeRelease": pgettext("act", "确认要货计划"),
        "objectToRelease": pgettext("act", "对要货计划提出异议"),
        "draftRequisition": pgettext("act", "编写请购单"),
        "submitRequisition": pgettext("act", "提交请购单"),
        "approveRequisition": pgettext("act", "批准请购单"),
        "rejectRequisition": pgettext("act", "驳回请购单"),
        "sourceRequisition": pgettext("act", "转为询价单"),
        "orderRequisition": pgettext("act", "转为订单"),
        "finishRequisition": pgettext("act", "完成请购单"),
        "setApprovalRules": pgettext("act", "设定审批规则"),
        "draftRfq": pgettext("act", "编写询价单"),
        "approveRfq": pgettext("act", "批准询价单"),
        "issueRfq": pgettext("act", "发布询价单"),
        "amendRfq": pgettext("act", "变更询价单"),
        "answerRfqQuestion": pgettext("act", "答复提问"),
        "closeRfq": pgettext("act", "开标"),
        "openRfqRound": pgettext("act", "开启新一轮报价"),
        "cancelRfq": pgettext("act", "取消询价单"),
        "stateComparisonTerms": pgettext("act", "填写比价条件"),
        "awardRfq": pgettext("act", "定标并下单"),
        "orderAward": pgettext("act", "中标转订单"),
        "draftFrameworkFromAward": pgettext("act", "中标转框架协议"),
        "askClarification": pgettext("act", "要求澄清"),
        "answerClarification": pgettext("act", "答复澄清"),
        "withdrawClarification": pgettext("act", "撤回澄清"),
        "viewRfq": pgettext("act", "查看询价单"),
        "intendToQuote": pgettext("act", "拟参与报价"),
        "declineRfq": pgettext("act", "不参与报价"),
        "askRfqQuestion": pgettext("act", "提问"),
        "submitQuotation": pgettext("act", "提交报价"),
        "confirmQuotation": pgettext("act", "确认报价"),
        "withdrawQuotation": pgettext("act", "撤回报价"),
        "openPool": pgettext("act", "发起联合采购"),
        "joinPool": pgettext("act", "填报需求"),
        "declinePool": pgettext("act", "不参与联合采购"),
        "leavePool": pgettext("act", "退出联合采购"),
        "sourcePool": pgettext("act", "按合计询价"),
        "awardPool": pgettext("act", "定标并分配"),
        "orderPoolShare": pgettext("act", "按份额下单"),
        "cancelPool": pgettext("act", "取消联合采购"),
    }


def _settlement() -> dict[str, str]:
    return {
        "draftInvoice": pgettext("act", "保存发票草稿"), "submitInvoice": pgettext("act", "提交发票"),
        "respondToInvoice": pgettext("act", "答复发票"), "answerInvoiceQuery": pgettext("act", "答复发票质疑"),
        "releaseInvoice": pgettext("act", "放行发票行"), "approveRelease": pgettext("act", "批准放行"),
        "draftStatement": pgettext("act", "制作对账单"), "sendStatement": pgettext("act", "发送对账单"),
        "withdrawStatement": pgettext("act", "撤回对账单"), "disputeStatement": pgettext("act", "对对账单提出异议"),
        "answerStatementDisputes": pgettext("act", "答复对账异议"), "confirmStatement": pgettext("act", "确认对账单"),
        "invoiceStatement": pgettext("act", "按对账单开票"), "stateCause": pgettext("act", "陈述未按期交付的原因"),
        "agreeToCause": pgettext("act", "同意对方陈述的原因"), "reopenCause": pgettext("act", "重新打开共同原因"),
        "issueCreditNote": pgettext("act", "开具冲销"), "setSettlementTerms": pgettext("act", "设定匹配规则"),
    }  # fmt: skip


def _shared() -> dict[str, str]:
    return {
        "proposeTerms": pgettext("act", "提出条款"), "acceptTerms": pgettext("act", "接受条款"),
        "declineTerms": pgettext("act", "不接受条款"), "withdrawTerms": pgettext("act", "撤回条款"),
        "grantAccess": pgettext("act", "授权"), "revokeAccess": pgettext("act", "收回授权"),
        "stateFigure": pgettext("act", "填报数字"), "allocateFigure": pgettext("act", "划定数字"),
        "withdrawAllocation": pgettext("act", "撤下划定数字"), "sendDataRequest": pgettext("act", "发出数据请求"),
        "approveDataRequest": pgettext("act", "同意数据请求"), "refuseDataRequest": pgettext("act", "不同意数据请求"),
        "writeDisruptionNotice": pgettext("act", "写中断通知"), "openDisruptionNotice": pgettext("act", "发出中断通知"),
        "updateDisruptionNotice": pgettext("act", "更新中断通知"), "resolveDisruptionNotice": pgettext("act", "解除中断通知"),
        "forwardDisruptionNotice": pgettext("act", "转发中断通知"), "readDisruptionNotice": pgettext("act", "标为已阅"),
        "assessDisruptionNotice": pgettext("act", "评估中断通知"),
        "terminateDataRequest": pgettext("act", "终止数据请求"), "revealIdentity": pgettext("act", "公开名称"),
        "concealIdentity": pgettext("act", "收回名称"), "previewImport": pgettext("act", "预览导入"),
        "runImport": pgettext("act", "执行导入"), "exportSheet": pgettext("act", "导出表格"),
    }  # fmt: skip


def _firms() -> dict[str, str]:
    return {
        "changeFirm": pgettext("act", "更改企业"), "addSite": pgettext("act", "添加场所"),
        "changeSite": pgettext("act", "更改场所"), "closeSite": pgettext("act", "关闭场所"),
        "inviteFirm": pgettext("act", "邀请企业"), "beginApplication": pgettext("act", "开始申请"),
        "describeCompany": pgettext("act", "填写企业信息"), "inviteUsers": pgettext("act", "填写人员"),
        "selectCompanyRole": pgettext("act", "选择企业类型"), "uploadDocuments": pgettext("act", "上传材料"),
        "submitApplication": pgettext("act", "提交申请"), "recordCheck": pgettext("act", "记录检查"),
        "confirmApplication": pgettext("act", "确认入驻"), "declineApplication": pgettext("act", "退回申请"),
        "proposeMerger": pgettext("act", "提议合并"), "withdrawMerger": pgettext("act", "撤回合并提议"),
        "agreeToMerger": pgettext("act", "同意合并"), "refuseMerger": pgettext("act", "拒绝合并"),
        "invitePerson": pgettext("act", "邀请人员"), "renewInvitation": pgettext("act", "重发邀请链接"),
        "giveRole": pgettext("act", "授予角色"), "withdrawRole": pgettext("act", "收回角色"),
        "closePerson": pgettext("act", "关闭账号"), "proposeFinancialAccount": pgettext("act", "提交收款账户"),
        "confirmFinancialAccount": pgettext("act", "确认收款账户"), "refuseFinancialAccount": pgettext("act", "不确认收款账户"),
        "withdrawFinancialAccount": pgettext("act", "撤回收款账户"), "recordCallback": pgettext("act", "登记回拨核实"),
        "follow": pgettext("act", "关注"), "unfollow": pgettext("act", "取消关注"),
        "markRead": pgettext("act", "标为已读"), "markDone": pgettext("act", "收起消息"),
    }  # fmt: skip
