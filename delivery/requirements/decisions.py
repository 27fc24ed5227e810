"""The VDI 2770 document classes, and how a requirement's day reads."""

from datetime import date

DOCUMENT_TYPES = {
    "01-01": ("标识", "identification"), "02-01": ("技术规格", "technical specification"),
    "02-02": ("图纸与平面图", "drawings and plans"), "02-03": ("组件清单", "assemblies"),
    "02-04": ("证书与声明", "certificates and declarations"), "03-01": ("调试与停用", "commissioning and decommissioning"),
    "03-02": ("操作", "operation"), "03-03": ("通用安全", "general safety"),
    "03-04": ("检查、维护与测试", "inspection, maintenance, testing"), "03-05": ("修理", "repair"),
    "03-06": ("备件", "spare parts"), "04-01": ("合同文件", "contract documents"),
}  # fmt: skip
"""The twelve classes of VDI 2770 part 1: code -> (Chinese, English)."""

DUE_SOON_DAYS = 7


def is_overdue(due_on: date, on: date) -> bool:
    return due_on < on


def is_due_soon(due_on: date, on: date) -> bool:
    return not is_overdue(due_on, on) and (due_on - on).days <= DUE_SOON_DAYS
