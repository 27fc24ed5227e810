"""`chainmaster resilience` on plain files: the published oracles, the shape of the result, and every way to be refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chain.network import report as reports
from jobs import arguments
from jobs.command import main
from tests.house.tree import ROOT

CASES = json.loads((Path(__file__).parent / "oracles" / "resilience.json").read_text(encoding="utf-8"))["cases"]
FIRMS = "id,name,stage,region,output\nA,甲,ore,JS,\nB,乙,metal,ZJ,\nC,丙,car,JS,\n"
LINKS = "supplier,buyer,item,amount,essential\nA,B,铁,3,1\nB,C,钢,4,1\n"


def kind(of):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == of]


@pytest.fixture
def run(tmp_path, capsys):
    """Write the files given by name, run the command in this process; (code, result or None, what stood on stderr)."""

    def run_it(*words, **texts):
        (tmp_path / "out.json").unlink(missing_ok=True)
        argv = ["resilience", "--json", str(tmp_path / "out.json")]
        for name, text in {"firms": FIRMS, "links": LINKS, **texts}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
            argv += [f"--{name}", str(tmp_path / f"{name}.csv")]
        try:
            code = main([*argv, *words])  # of a word given twice the last one counts
        except SystemExit as ended:
            code = int(str(ended.code))
        out = tmp_path / "out.json"
        return code, json.loads(out.read_text(encoding="utf-8")) if out.exists() else None, capsys.readouterr().err

    return run_it


def csv(*rows):
    return "\n".join(",".join(str(cell) for cell in row) for row in rows) + "\n"


@pytest.mark.parametrize("case", kind("esri"))
def test_scores_are_those_of_the_oracle(run, case):
    firms = csv(("id", "stage"), *case["input"]["sector"].items())
    links = csv(
        ("supplier", "buyer", "amount", "essential"),
        *[(a, b, w, int(flag)) for a, b, w, flag in case["input"]["links"]],
    )

    code, found, _ = run("--measures", "esri", "--eps", "1e-12", firms=firms, links=links)

    assert code == 0
    assert (found["eps"], found["theta"]) == (1e-12, 0.0)
    assert {one["firm"]: one["score"] for one in found["esri"]} == pytest.approx(case["expected"]["esri"], abs=1e-9)
    assert [one["score"] for one in found["esri"]] == sorted((one["score"] for one in found["esri"]), reverse=True)
    assert {one["exact"] for one in found["esri"]} == {True}


@pytest.mark.parametrize("case", kind("and_or"))
def test_fatal_sets_are_those_of_the_oracle(run, case):
    needs = case["input"]["needs"]
    firms = csv(("id", "stage"), *[(firm, "any") for firm in needs])
    links = csv(
        ("supplier", "buyer", "item"),
        *[
            (seller, firm, item)
            for firm, items in needs.items()
            for item, sellers in items.items()
            for seller in sellers
        ],
    )

    code, found, _ = run("--measures", "single_points", firms=firms, links=links)

    assert code == 0
    assert sorted(found["single_points"]) == sorted(case["expected"]["minimal_cuts_max2"])


@pytest.mark.parametrize("case", kind("structure"))
def test_cut_points_and_robustness_are_those_of_the_oracle(run, case):
    links = case["input"]["links"]
    firms = csv(("id", "stage"), *[(firm, "any") for firm in sorted({end for link in links for end in link})])

    code, found, _ = run(
        "--measures", "articulation,bridges,robustness", firms=firms, links=csv(("supplier", "buyer"), *links)
    )

    assert code == 0
    assert found["articulation"] == case["expected"]["articulation"]
    assert found["bridges"] == case["expected"]["bridges"]
    assert found["robustness"] == pytest.approx(case["expected"]["robustness_R"], abs=1e-12)
    assert "esri" not in found


@pytest.mark.parametrize("case", kind("concentration"))
def test_concentration_is_that_of_the_oracle(run, case):
    rows = case["input"]["rows"]
    firms = csv(("id", "stage", "region", "output"), *[(firm, stage, region, w) for stage, firm, region, w in rows])

    code, found, _ = run("--measures", "hhi", firms=firms, links="supplier,buyer\n")

    want = case["expected"]
    assert code == 0
    for name, key in (("firm", "hhi_firm"), ("region", "hhi_region"), ("effective", "effective_suppliers")):
        assert {stage: one[name] for stage, one in found["hhi"].items()} == pytest.approx(want[key], abs=1e-12)
    for name in ("single_source", "single_region"):
        assert [stage for stage, one in found["hhi"].items() if one[name]] == want[name]


@pytest.mark.parametrize("case", kind("tts"))
def test_time_to_survive_is_that_of_the_oracle(run, case):
    nodes, need = case["input"]["nodes"], case["input"]["need"]
    made = {firm: node["material"] for firm, node in nodes.items()}
    cover = csv(
        ("firm", "item", "stock", "rate_per_day", "capacity_per_day", "recover_days"),
        *[(f, n["material"], n["stock"], n.get("demand", ""), "", case["input"]["ttr_days"]) for f, n in nodes.items()],
    )
    bom = csv(
        ("product", "material", "units"),
        *[(made[f], item, u) for f, items in need.items() for item, u in items.items()],
    )

    code, found, _ = run(
        "--measures", "tts", firms=csv(("id", "stage"), *[(firm, "any") for firm in nodes]),
        links=csv(("supplier", "buyer", "item"), *[(a, b, made[a]) for a, b in case["input"]["arcs"]]), bom=bom, cover=cover,
    )  # fmt: skip

    assert code == 0
    assert {one["firm"]: one["days"] for one in found["tts"]} == pytest.approx(case["expected"]["tts_days"], abs=1e-6)
    assert {one["method"] for one in found["tts"]} == {"closed form"}


def test_the_whole_result_in_a_process_of_its_own(tmp_path):
    """No database, no settings: the words of the issue, on files with a bad row, an id with comma and line end, and no end."""
    files = {
        "firms": FIRMS.replace("C,", '"C,\n1",') + "D,丁,island,,5\n",
        "links": LINKS.replace("B,C,", 'B,"C,\n1",') + "B,Q,钢,1,1\n",
        "cover": "firm,item,stock,rate_per_day\nB,铁,30,10\n",
        "psi": "firm,psi\nA,0.5\n",
        "classes": "supplier_stage,buyer_stage,class\nore,metal,2\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    argv = [sys.executable, "-m", "jobs.command", "resilience", "--json", "-"]
    for name in files:
        argv += [f"--{name}", str(tmp_path / f"{name}.csv")]

    ran = subprocess.run(
        argv, cwd=ROOT, env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'graphql'}"},
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip

    told = ran.stderr.decode()
    assert ran.returncode == 0, told
    found = json.loads(ran.stdout)
    assert list(found) == [
        "graph_version", "n_firms", "n_links", "eps", "theta", "unknown_share", "left_out", "shock", "esri",
        "single_points", "articulation", "bridges", "hhi", "robustness", "tts",
    ]  # fmt: skip
    assert (found["n_firms"], found["n_links"], found["eps"], found["theta"]) == (4, 2, 0.01, 0.0)
    assert len(found["graph_version"]) == 64
    assert found["unknown_share"] == {"amount": 0.0, "cover": 0.5, "evidence": 0.0}
    assert found["left_out"] == {"firms": 0, "links": 1, "cover": 0, "psi": 0, "classes": 0}
    assert list(found["esri"][0]) == ["firm", "score", "down", "up", "sweeps", "reach", "exact"]
    # A sells 3, B 4, the island's output is 5: A and B are 7 of 12.
    assert {one["firm"]: one["score"] for one in found["esri"]} == pytest.approx(
        {"A": 7 / 12, "B": 7 / 12, "C,\n1": 7 / 12, "D": 5 / 12}
    )
    assert found["single_points"] == [["A"], ["B"], ["C,\n1"]]
    assert (found["articulation"], found["bridges"]) == (["B"], [["A", "B"], ["B", "C,\n1"]])
    assert found["hhi"]["ore"] == {
        "firm": 1.0, "region": 1.0, "effective": 1.0, "single_source": True, "single_region": True,
    }  # fmt: skip
    assert found["hhi"]["car"]["firm"] is None  # it sells nothing, and no output is told
    assert found["shock"]["total"] == pytest.approx(3.5 / 12)
    assert {one["firm"]: one["loss"] for one in found["shock"]["firms"]} == {"A": 0.5, "B": 0.5, "C,\n1": 0.5}
    assert found["tts"] == [
        {"firm": "A", "days": 3.0, "method": "cover, assumed none"},
        {"firm": "B", "days": 0.0, "method": "cover, assumed none"},
        {"firm": "C,\n1", "days": 0.0, "method": "cover, known"},
        {"firm": "D", "days": None, "method": "cover, known"},
    ]
    assert "links.csv, line 5: buyer 'Q' is none of the firms; add it to the file of firms or mend the id" in told
    assert "1 bad rows are left out" in told
    assert told.index("firms.csv: 4 rows read") < told.index("links.csv: ") < told.index("esri") < told.index("tts")


def test_strict_stops_at_the_first_bad_row_and_leaves_the_old_result(run, tmp_path):
    code, found, said = run("--strict", links=LINKS + "A,A,,1,1\nA,Z,,1,1\n")

    assert (code, found) == (2, None)
    assert said.splitlines()[-1] == "chainmaster: links.csv, line 4: firm 'A' supplies itself; take the row away"
    assert "'Z'" not in said


def test_a_flood_of_bad_rows_is_told_in_part_and_counted_whole(run):
    code, found, said = run("--measures", "hhi", links="supplier,buyer\n" + "A,Z\n" * 250)

    assert (code, found["left_out"]["links"], found["n_links"]) == (0, 250, 0)
    assert said.count("links.csv, line ") == 100
    assert "250 bad rows are left out" in said


def test_an_empty_chain_has_a_result_and_no_scores(run):
    code, found, _ = run(firms="id,stage\n", links="supplier,buyer\n")

    assert code == 0
    assert (found["n_firms"], found["n_links"], found["robustness"], found["hhi"]) == (0, 0, 0.0, {})
    assert [found[name] for name in ("esri", "single_points", "articulation", "bridges", "tts")] == [[]] * 5


@pytest.mark.parametrize(("kind", "down"), [(2, 5 / 8), (1, 2 / 8), (0, 1 / 8)])
def test_the_class_of_links_that_say_nothing_can_be_chosen(run, kind, down):
    """A quarter of what C buys comes from A: it stops C, slows it by a quarter, or is not missed; C makes half of all."""
    firms, links = FIRMS.replace("C,丙,car,JS,", "C,丙,car,JS,4"), "supplier,buyer,amount\nA,C,1\nB,C,3\n"

    code, found, _ = run("--measures", "esri", "--default-class", str(kind), firms=firms, links=links)

    assert code == 0
    assert {one["firm"]: one["down"] for one in found["esri"]}["A"] == pytest.approx(down)


def test_the_result_is_the_same_from_gbk_files_and_in_another_order_of_columns(run, tmp_path):
    _, plain, _ = run("--measures", "esri,hhi")
    (tmp_path / "g.csv").write_bytes("stage,region,id\nore,JS,A\nmetal,ZJ,B\ncar,JS,C\n".encode("gbk"))

    code, found, _ = run("--measures", "esri,hhi", "--firms", str(tmp_path / "g.csv"))

    assert code == 0
    assert found["esri"] == plain["esri"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--measures", "esri,luck"), "there is no measure luck; there are esri, single_points, articulation, bridges, "),
        (("--measures", ","), "name one of esri"),
        (("--eps", "2"), "2 is no number from 0 to below 1"),
        (("--theta", "small"), "small is no number from 0 to below 1"),
        (("--top", "-3"), "--top"),
        (("--workers", "0"), "0 is no number from 1 to 99"),
        (("--default-class", "7"), "invalid choice: 7"),
        (("--json", "/nowhere/at/all.json"), "/nowhere/at/all.json cannot be written"),
        (("--links", "/nowhere.csv"), "/nowhere.csv cannot be read: No such file or directory"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_one_sentence(run, words, sentence):
    code, found, said = run(*words)

    assert (code, found) == (2, None)
    assert said.splitlines()[-1].startswith("chainmaster: ") and sentence in said.splitlines()[-1]


def test_the_words_of_the_command_are_the_measures_there_are():
    assert arguments.MEASURES == reports.MEASURES


def test_only_the_top_is_exact_where_so_asked_and_the_rest_says_so(run):
    firms = csv(("id", "stage"), *[(f"f{i}", f"s{i}") for i in range(6)])
    links = csv(("supplier", "buyer", "amount"), *[(f"f{i}", f"f{i + 1}", 1) for i in range(5)])

    def asked(*words):
        _, found, _ = run("--measures", "esri", *words, firms=firms, links=links)
        return found["theta"], [one["exact"] for one in found["esri"]].count(True)

    assert asked() == asked("--theta", "0") == asked("--top", "6") == asked("--top", "99") == (0.0, 6)
    assert asked("--top", "2") == (0.001, 2)
    assert asked("--top", "2", "--theta", "1e-4") == (1e-4, 2)
    assert asked("--theta", "1e-4") == (1e-4, 0)


def test_where_too_many_stop_one_another_single_firms_are_told_and_pairs_left_out(run, monkeypatch):
    """Two rows of ten makers lead to one product: none of them is fatal alone, and each stops all behind it."""
    monkeypatch.setattr("chain.network.andor.MOST_STOPS", 30)
    rows = [[f"{row}{i}" for i in range(10)] for row in "ab"]
    firms = csv(("id", "stage"), *[(firm, f"s{i}") for row in rows for i, firm in enumerate(row)], ("p", "product"))
    links = csv(
        ("supplier", "buyer"), *[pair for row in rows for pair in zip([*row], [*row[1:], "p"], strict=True)],
    )  # fmt: skip

    code, found, said = run("--measures", "single_points,robustness", firms=firms, links=links)

    assert (code, found["single_points"]) == (0, [["p"]])
    assert found["not_measured"].keys() == {"fatal_pairs"}
    assert found["robustness"] > 0
    assert "fatal_pairs is not measured: not all pairs are told" in said
