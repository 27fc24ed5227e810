"""The pages of a run: started with a button, watched live while it goes, stopped, gone on with, read."""

import re

import pytest

from tests.scenarios.reactions import react

BUYER, RIVAL, PROVINCE = "buyer@longteng.example", "sales@rival.example", "official@jiangsu.example"


def started(page, chain):
    answer = page.post(f"{chain}/runs")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_run_is_started_stopped_gone_on_with_and_read(visitor, chain):
    page = visitor(BUYER)
    assert f'href="{chain}/runs"' in page.get(f"{chain}/resilience").text
    run = started(page, chain)
    assert "正在收集" in page.get(run).text and "取消计算" in page.get(run).text
    assert page.get(f"{run}.xlsx").status_code == 404

    assert page.post(f"{run}/cancel").status_code == 303
    react()
    assert "已取消" in page.get(run).text and "继续计算" in page.get(run).text

    assert page.post(f"{run}/resume").status_code == 303
    react()
    done = page.get(run).text
    assert "已完成" in done and "这是 " not in done
    assert f'href="{run}.xlsx"' in done
    assert page.get(f"{run}.xlsx").headers["Content-Disposition"].startswith("attachment; filename=run-")
    own = page.get(f"{chain}/resilience").text
    cells = re.compile(r'<td class="n" data-head="(?:本单位缺料损失|全网损失 ESRI)">([^<]+)')
    assert cells.findall(done) == cells.findall(own) != []
    assert "已完成" in page.get(f"{chain}/runs").text
    refused = page.post(f"{run}/cancel")
    assert refused.status_code == 422 and 'role="alert"' in refused.text


def test_nobody_else_finds_a_run_nor_its_pages(visitor, chain):
    run = started(visitor(BUYER), chain)
    react()

    for other in (RIVAL, PROVINCE):
        assert {visitor(other).get(f"{run}{more}").status_code for more in ("", "/part", ".xlsx")} == {404}
    assert "还没有计算任务" in visitor(RIVAL).get(f"{chain}/runs").text
    assert visitor(PROVINCE).get(f"{chain}/runs").status_code == 404
    for act in ("cancel", "resume"):
        assert visitor(RIVAL).post(f"{run}/{act}").status_code in (404, 422)
    assert visitor(BUYER).post(f"{run}/explode").status_code == 404
    assert visitor(BUYER).get(run.replace(chain, "/chains/AAAAAAAAAAAAAAAAAAAAAA")).status_code == 404


def test_the_page_moves_by_itself_to_the_end(open_page, axe, sideways, phone, chain):
    page = open_page("/static/icon.svg", **phone)
    assert page.context.request.post("/seat", form={"email": BUYER}).ok
    page.goto(f"{chain}/runs")
    page.get_by_role("button", name="开始计算").click()
    page.wait_for_selector("#run >> text=正在收集本单位看得到的供应关系")
    assert (axe(page), sideways(page)) == ([], [])

    react(once=True)
    page.wait_for_selector("#run progress[max='1']")
    assert (axe(page), sideways(page)) == ([], [])
    react()
    page.wait_for_selector("#firms")

    page.wait_for_selector("#run >> text=已完成")
    assert (axe(page), sideways(page)) == ([], [])


@pytest.mark.parametrize(("lang", "words"), [("zh", "各环节靠几家、几个市"), ("en", "measured piece by piece by jobs")])
def test_the_page_speaks_both_languages(visitor, chain, lang, words):
    page = visitor(BUYER)
    run = started(page, chain)
    react()

    assert words in page.get(f"{run}?lang={lang}").text
