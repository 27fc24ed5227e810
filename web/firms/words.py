"""Choices and words of the firm pages, in the page's language."""

from flask_babel import pgettext

PREFECTURES = (
    "320100", "320200", "320300", "320400", "320500", "320600", "320700", "320800", "320900", "321000", "321100",
    "321200", "321300",
)  # fmt: skip
DUTIES = ("SALES", "BUYER", "PLANNER", "QUALITY", "LEAD", "DISPATCH")
COMPANY_ROLES = ("SUPPLIER", "CHAIN_MASTER", "DEALER", "CARRIER")


def company_role(code: str) -> str:
    words = {
        "CHAIN_MASTER": pgettext("firm role", "链主企业"), "SUPPLIER": pgettext("firm role", "供应商"),
        "DEALER": pgettext("firm role", "经销商"), "CARRIER": pgettext("firm role", "承运商"),
    }  # fmt: skip
    return str(words.get(code, code))


def company_role_told(code: str) -> str:
    words = {
        "SUPPLIER": pgettext("firm role", "制造并销售零部件、材料"),
        "CHAIN_MASTER": pgettext("firm role", "订单带动整条产业链的整机企业"),
        "DEALER": pgettext("firm role", "采购产品再销售，或做系统集成"),
        "CARRIER": pgettext("firm role", "运输货物"),
    }
    return str(words.get(code, ""))


def application_state(code: str) -> str:
    words = {
        "CREATED": pgettext("application state", "已邀请"),
        "ADD_COMPANY_DATA": pgettext("application state", "待填企业信息"),
        "INVITE_USER": pgettext("application state", "待填人员"),
        "SELECT_COMPANY_ROLE": pgettext("application state", "待选企业类型"),
        "UPLOAD_DOCUMENTS": pgettext("application state", "待交材料"),
        "VERIFY": pgettext("application state", "待核对提交"),
        "SUBMITTED": pgettext("application state", "待审核"),
        "CONFIRMED": pgettext("application state", "已确认"),
        "DECLINED": pgettext("application state", "已退回"),
    }
    return str(words.get(code, code))


def check_kind(code: str) -> str:
    words = {
        "CREDIT_CODE": pgettext("check", "统一社会信用代码校验位"),
        "SAME_CODE": pgettext("check", "代码未被他人登记"),
        "SIMILAR_NAME": pgettext("check", "同一设区市内无易混名称"),
        "PEOPLE": pgettext("check", "人员与岗位"),
        "COMPANY_ROLE": pgettext("check", "企业类型"),
        "DOCUMENTS": pgettext("check", "营业执照与所填一致"),
    }
    return str(words.get(code, code))


def check_owner(code: str) -> str:
    words = {
        "PLATFORM": pgettext("check owner", "平台自动"), "APPLICANT": pgettext("check owner", "申请人"),
        "REVIEWER": pgettext("check owner", "审核人"),
    }  # fmt: skip
    return str(words.get(code, code))


def check_result(code: str) -> str:
    words = {
        "OPEN": pgettext("check result", "未查"), "PASSED": pgettext("check result", "通过"),
        "TO_REVIEW": pgettext("check result", "待人工判断"), "FAILED": pgettext("check result", "未通过"),
    }  # fmt: skip
    return str(words.get(code, code))


TONES = {
    "PASSED": "ok",
    "TO_REVIEW": "warn",
    "FAILED": "bad",
    "CONFIRMED": "ok",
    "DECLINED": "bad",
    "SUBMITTED": "warn",
}


def tone(code: str) -> str:
    """What the reader should feel."""
    return TONES.get(code, "open")


def paper_kind(code: str) -> str:
    words = {
        "BUSINESS_LICENCE": pgettext("paper", "营业执照"), "AUTHORISATION": pgettext("paper", "授权书"),
        "OTHER": pgettext("paper", "其他"),
    }  # fmt: skip
    return str(words.get(code, code))


def merger_state(code: str) -> str:
    words = {
        "PROPOSED": pgettext("merger state", "待第二人同意"), "AGREED": pgettext("merger state", "已合并"),
        "REFUSED": pgettext("merger state", "不同意"), "WITHDRAWN": pgettext("merger state", "已撤回"),
    }  # fmt: skip
    return str(words.get(code, code))


STEPS = (
    #  key       the verb that does it   the state it is the next step in
    ("data",    "describeCompany",       "ADD_COMPANY_DATA"),
    ("people",  "inviteUsers",          "INVITE_USER"),
    ("role",    "selectCompanyRole",    "SELECT_COMPANY_ROLE"),
    ("papers",  "uploadDocuments",      "UPLOAD_DOCUMENTS"),
    ("verify",  "submitApplication",    "VERIFY"),
)  # fmt: skip


def step_word(key: str) -> str:
    words = {
        "data": pgettext("step", "企业信息"), "people": pgettext("step", "人员与岗位"),
        "role": pgettext("step", "企业类型"), "papers": pgettext("step", "上传材料"),
        "verify": pgettext("step", "核对并提交"),
    }  # fmt: skip
    return str(words.get(key, key))


def no_such_firm() -> str:
    return str(pgettext("merger", "没有这个统一社会信用代码的企业"))


def merger_verb(verb: str) -> str:
    words = {
        "agreeToMerger": pgettext("button", "同意合并"), "refuseMerger": pgettext("button", "不同意"),
        "withdrawMerger": pgettext("button", "撤回提议"),
    }  # fmt: skip
    return str(words.get(verb, verb))
