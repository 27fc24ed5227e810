"""Where one's own firm is paid, where suppliers are, and what waits for an operator."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kernel import clock
from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.documents.entries import Complaint, Entered, complaint, renamed
from web.people import words

MOST, NEW = 50, "new"
FIELDS = ("holder", "bank", "number", "currency", "note")
CALL = ("outcome", "calledOn", "phone", "source", "spokeTo", "note")


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/accounts", "accounts", accounts)
    made.add_url_rule("/accounts", "propose", propose, methods=["POST"])
    made.add_url_rule("/accounts/<account_id>/<what>", "decide", decide, methods=["POST"])


def accounts() -> str:
    return _accounts(Entered())


def _accounts(entered: Entered) -> str:
    viewer = ask("viewer")["viewer"]
    if viewer["firm"] is None and "OPERATOR" not in viewer["roles"]:
        raise NotFound
    own = ask("financial_accounts_page", filter={"own": True}, first=MOST)["financialAccounts"]["nodes"]
    others = ask("financial_accounts_page", filter={"own": False}, first=MOST, after=request.args.get("after"))
    found = others["financialAccounts"]
    return render_template(
        "people/accounts.html", own=own, others=[a for a in found["nodes"] if a["state"] == "CONFIRMED"],
        waiting=[a for a in found["nodes"] if a["state"] == "PROPOSED"], page=found["pageInfo"], firm=viewer["firm"],
        may_propose=viewer["firm"] is not None and not {"SALES", "LEAD"}.isdisjoint(viewer["roles"]), words=words,
        entered=entered, done=request.args.get("done", ""), as_of=clock.now(), today=str(clock.today_of(clock.now())),
        replaceable=[(a["id"], f"{a['bank']} {a['maskedNumber']}") for a in own if a["state"] == "CONFIRMED"],
    )  # fmt: skip


def propose() -> Response:
    seated.of_a_firm()
    values = request.form.to_dict()
    given: dict[str, Any] = {name: values.get(f"{NEW}.{name}", "") for name in FIELDS}
    if values.get(f"{NEW}.replacesId"):
        given["replacesId"] = values[f"{NEW}.replacesId"]
    _payload, errors = act("propose_financial_account", given)
    if errors:
        names = {name: name for name in (*FIELDS, "replacesId")}
        return make_response(_accounts(Entered(NEW, values, renamed(errors, NEW, names))), 422)
    return redirect("/accounts?done=proposed", 303)


def decide(account_id: str, what: str) -> Response:
    """Confirm, refuse, withdraw, or record a call: each form names its verb."""
    values = request.form.to_dict()
    if what not in _ACTS:
        raise NotFound
    errors = _ACTS[what](account_id, values)
    if errors:
        return make_response(_accounts(Entered(account_id, values, errors)), 422)
    return redirect(f"/accounts?done={what}", 303)


def _known(account_id: str, values: dict[str, str]) -> dict[str, Any]:
    version = values.get("version", "")
    return {
        "accountId": account_id,
        "expectedVersion": int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
    }


def _confirm(account_id: str, values: dict[str, str]) -> list[Complaint]:
    return renamed(act("confirm_financial_account", _known(account_id, values))[1], account_id, {})


def _refuse(account_id: str, values: dict[str, str]) -> list[Complaint]:
    given = _known(account_id, values) | {"reason": values.get(f"{account_id}.reason", "")}
    return renamed(act("refuse_financial_account", given)[1], account_id, {"reason": "reason"})


def _withdraw(account_id: str, values: dict[str, str]) -> list[Complaint]:
    return renamed(act("withdraw_financial_account", _known(account_id, values))[1], account_id, {})


def _call(account_id: str, values: dict[str, str]) -> list[Complaint]:
    given = {name: values.get(f"{account_id}.{name}", "").strip() for name in CALL}
    must = ("outcome", "calledOn", "source")  # without a choice or a day there is no call to record
    missing = [complaint(f"{account_id}.{name}", _("请填写此项")) for name in must if not given[name]]
    if missing or given["outcome"] not in dict(words.outcomes()) or given["source"] not in dict(words.sources()):
        return missing or [complaint(f"{account_id}.outcome", _("请选择"))]
    _payload, errors = act("record_callback", {"accountId": account_id} | given)
    return renamed(errors, account_id, {name: name for name in CALL})


_ACTS = {"confirm": _confirm, "refuse": _refuse, "withdraw": _withdraw, "call": _call}
