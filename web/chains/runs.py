"""A chain measured by jobs: started with a button, watched while it goes, stopped, gone on with, read when it is done."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request
from flask_babel import pgettext
from werkzeug.wrappers import Response

from kernel.errors import NotFound
from web import seated
from web.ask import act, ask
from web.chains.leaving import workbook
from web.chains.resilience import MOST_SHOWN, called

PAGE_SIZE = 20
BUSY = ("GATHERING", "MEASURING")
ACTS = {"cancel": "cancel_resilience_run", "resume": "resume_resilience_run"}


def add_to(made: Blueprint) -> None:
    made.add_url_rule("/chains/<chain_id>/runs", "runs", lambda chain_id: _runs(chain_id, ()))
    made.add_url_rule("/chains/<chain_id>/runs", "start_run", start_run, methods=["POST"])
    made.add_url_rule("/chains/<chain_id>/runs/<run_id>", "run", lambda chain_id, run_id: _run(chain_id, run_id, ()))
    made.add_url_rule("/chains/<chain_id>/runs/<run_id>.xlsx", "run_file", run_file)
    made.add_url_rule("/chains/<chain_id>/runs/<run_id>/part", "run_part", run_part)
    made.add_url_rule("/chains/<chain_id>/runs/<run_id>/<what>", "act_on_run", act_on_run, methods=["POST"])


def start_run(chain_id: str) -> Response:
    """Start, and go where it is watched."""
    seated.of_a_firm()
    payload, refused = act("start_resilience_run", {"chainId": chain_id})
    if refused:
        return _runs(chain_id, [error | {"fields": []} for error in refused])
    return redirect(f"/chains/{chain_id}/runs/{payload['run']['id']}", 303)


def act_on_run(chain_id: str, run_id: str, what: str) -> Response:
    """Stop it or go on. Raises NotFound for any other act."""
    if what not in ACTS:
        raise NotFound
    seated.of_a_firm()
    _payload, refused = act(ACTS[what], {"runId": run_id})
    if refused:
        return _run(chain_id, run_id, [error | {"fields": []} for error in refused])
    return redirect(f"/chains/{chain_id}/runs/{run_id}", 303)


def run_part(chain_id: str, run_id: str) -> Response:
    """How far it is, for a page that asks again by itself; once it has ended, the page is read anew as a whole."""
    found = ask("resilience_run_progress", id=run_id)["node"]
    _of_chain(found, chain_id)
    if found["state"] not in BUSY:
        answer = make_response("", 200)
        answer.headers["HX-Redirect"] = f"/chains/{chain_id}/runs/{run_id}"
        return answer
    return make_response(render_template("chains/_run.html", run=found, chain=found["chain"], state=state, busy=True))


def run_file(chain_id: str, run_id: str) -> Response:
    """What it found as a file. Raises NotFound also while there is nothing, and once it is not told any more."""
    found = ask("run_xlsx", id=run_id)["node"]
    _of_chain(found, chain_id)
    if found["result"] is None:
        raise NotFound
    return workbook(found["result"]["xlsx"], f"run-{found['chain']['code']}-{found['asOf']}.xlsx")


def state(code: str) -> tuple[str, str]:
    """(word, tone) of a run's state."""
    words = {
        "GATHERING": (pgettext("run state", "正在收集"), "open"), "MEASURING": (pgettext("run state", "计算中"), "open"),
        "DONE": (pgettext("run state", "已完成"), "ok"), "CANCELLED": (pgettext("run state", "已取消"), "warn"),
        "FAILED": (pgettext("run state", "未完成"), "bad"),
    }  # fmt: skip
    word, tone = words.get(code, (code, "open"))
    return str(word), tone


def _runs(chain_id: str, errors: Any) -> Response:
    seated.of_a_firm()
    chain = next((one for one in ask("chains")["chains"]["nodes"] if one["id"] == chain_id), None)
    if chain is None:
        raise NotFound
    found = ask("resilience_runs", chainId=chain_id, first=PAGE_SIZE, after=request.args.get("after"))
    body = render_template("chains/runs.html", chain=chain, runs=found["resilienceRuns"], errors=errors, state=state)
    return make_response(body, 422 if errors else 200)


def _run(chain_id: str, run_id: str, errors: Any) -> Response:
    found = ask("resilience_run_page", id=run_id)["node"]
    _of_chain(found, chain_id)
    result = found["result"]
    r = result and result["resilience"]
    everyone = request.args.get("all") == "1"
    body = render_template(
        "chains/run.html", run=found, chain=found["chain"], r=r, is_current=bool(result and result["isCurrent"]),
        shown=r and (r["firms"] if everyone else r["firms"][:MOST_SHOWN]),
        stopping=[one for one in r["firms"] if one["isSinglePoint"]] if r else [], called=called, state=state,
        busy=found["state"] in BUSY, errors=errors,
    )  # fmt: skip
    return make_response(body, 422 if errors else 200)


def _of_chain(found: Any, chain_id: str) -> None:
    """Raises NotFound for a run of another chain, and for what is no run."""
    if not found or "chain" not in found or found["chain"]["id"] != chain_id:
        raise NotFound
