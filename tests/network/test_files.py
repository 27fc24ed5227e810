"""Plain files as they come from other desks: every row that cannot be used is named with its line and cure, and counted."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest

from chain.network.files import BadRow, Refused, read_network

FIRMS = "id,name,stage,region,output\nA,甲,ore,JS,10\nB,乙,metal,ZJ,\nC,丙,car,JS,0\n"
LINKS = "supplier,buyer,item,amount,essential\nA,B,铁,3,1\nB,C,,4,\n"


@pytest.fixture
def read(tmp_path):
    """Write the files given by name, read the network, and return it with the sentences told."""

    def read_it(strict=False, default_kind=2, **texts):
        texts = {"firms": FIRMS, "links": LINKS, **texts}
        paths = {}
        for name, text in texts.items():
            paths[name] = tmp_path / f"{name}.csv"
            paths[name].write_bytes(text if isinstance(text, bytes) else text.encode())
        told: list[str] = []
        found = read_network(
            **paths, strict=strict, default_kind=default_kind, tell=lambda bad: told.append(str(bad))
        )  # fmt: skip
        return found, told

    return read_it


def links_of(graph):
    named = graph.ids.tolist()
    return [
        (named[s], named[b], graph.items[i], a, k)
        for s, b, i, a, k in zip(
            graph.supplier, graph.buyer, graph.item, graph.amount.tolist(), graph.kind.tolist(), strict=True
        )
    ]


def test_good_files_are_read_whole(read):
    found, told = read()

    assert (told, found.left_out) == ([], {"firms": 0, "links": 0})
    assert found.graph.ids.tolist() == ["A", "B", "C"]
    assert [found.graph.stages[s] for s in found.graph.stage] == ["ore", "metal", "car"]
    assert [found.graph.regions[r] for r in found.graph.region] == ["JS", "ZJ", "JS"]
    assert found.graph.output.tolist() == pytest.approx([10, np.nan, 0], nan_ok=True)
    assert links_of(found.graph) == [("A", "B", "铁", 3.0, 2), ("B", "C", "", 4.0, 2)]
    assert (found.bill, found.stocks, found.psi) == ({}, (), None)


def test_columns_may_stand_in_any_order_with_others_between_and_be_left_away(read):
    found, told = read(
        firms="note, Stage ,ID\nx,ore,A\n\ny,car,B\n", links="buyer,remark,supplier\n,,,\nB,,A,,\n", default_kind=1
    )  # fmt: skip

    assert told == []
    assert links_of(found.graph) == [("A", "B", "", pytest.approx(np.nan, nan_ok=True), 1)]
    assert found.graph.regions == ("",)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A,B,x,1,1,extra", "it has 6 cells and the first line 5; put a text that holds commas between quotes"),
        (",B,x,1,1", "supplier is empty; fill it in"),
        ("A,,x,1,1", "buyer is empty; fill it in"),
        ("A", "buyer is empty; fill it in"),
        ("A,Z,x,1,1", "buyer 'Z' is none of the firms; add it to the file of firms or mend the id"),
        ("a,B,x,1,1", "supplier 'a' is none of the firms; add it to the file of firms or mend the id"),
        ("A,A,x,1,1", "firm 'A' supplies itself; take the row away"),
        ("A,B,x,-1,1", "amount '-1' is below zero; write zero or more, or leave it empty if it is not known"),
        ('A,B,x,"1,000",1', "amount '1,000' is no number; write digits alone, such as 1250.5"),
        ("A,B,x,1_0,1", "amount '1_0' is no number; write digits alone, such as 1250.5"),
        ("A,B,x,nan,1", "amount 'nan' is no number; write digits alone, such as 1250.5"),
        ("A,B,x,inf,1", "amount 'inf' is no number; write digits alone, such as 1250.5"),
        ("A,B,x,1e19,1", "amount '1e19' is larger than 1e+18; state it in a larger unit"),
        ("A,B,x,1,maybe", "essential 'maybe' is neither yes nor no; write 1 or 0"),
        ("A,B,铁,3.0,yes", "the same link is told before, word for word; take one away, or add the amounts into one row"),
        (f"A,B,{'x' * 201},1,1", f"item '{'x' * 39}…' is longer than 200 characters; give a shorter one"),
        ('A,B,"x"y,1,1', "the quotes are not those of a CSV file (',' expected after '\"'); write a quote within a cell twice"),
        ('A,B,"x,1,1', "a quote is opened here and not closed; close it, or take it away"),
    ],
)  # fmt: skip
def test_a_bad_link_is_named_counted_and_left_out_or_stops_all(read, row, why):
    links = f"supplier,buyer,item,amount,essential\nA,B,铁,3,1\n{row}\n"

    found, told = read(links=links)

    assert told == [f"links.csv, line 3: {why}"]
    assert found.left_out["links"] == 1
    assert links_of(found.graph) == [("A", "B", "铁", 3.0, 2)]
    with pytest.raises(BadRow) as stopped:
        read(links=links, strict=True)
    assert str(stopped.value) == told[0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A,甲,car,JS,10", "firm 'A' stands in line 2 with ore and here with car; keep the row that is right"),
        ("A,other,ore,JS,10", "firm 'A' stands in line 2 already; keep one of the two rows"),
        ("D,丁,,JS,1", "stage is empty; fill it in"),
        (",丁,ore,JS,1", "id is empty; fill it in"),
        ("D,丁,ore,JS,much", "output 'much' is no number; write digits alone, such as 1250.5"),
    ],
)
def test_a_bad_firm_is_named_and_its_first_row_stays(read, row, why):
    found, told = read(firms=FIRMS + row + "\n")

    assert told == [f"firms.csv, line 5: {why}"]
    assert found.left_out["firms"] == 1
    assert [found.graph.stages[s] for s in found.graph.stage] == ["ore", "metal", "car"]


def test_lines_are_counted_as_an_editor_shows_them(read):
    firms = 'id,stage\n"A,\n1",ore\n\n"B\n\n2",car\n,lost\n"C ""x""",car\n'

    found, told = read(firms=firms, links='supplier,buyer\n"A,\n1","B\n\n2"\nA,B\n"A,\n1","C ""x"""\n')

    assert found.graph.ids.tolist() == ["A,\n1", "B\n\n2", 'C "x"']
    assert told == ["firms.csv, line 8: id is empty; fill it in", told[1]]
    assert told[1].startswith("links.csv, line 6: supplier 'A' is none of the firms")
    assert found.graph.m == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_usual_encoding_and_line_end_reads_alike(read, encoding, ending):
    firms, links = (text.replace("A", "甲厂").replace("\n", ending).encode(encoding) for text in (FIRMS, LINKS))

    found, told = read(firms=firms, links=links)

    assert told == []
    assert links_of(found.graph) == [("甲厂", "B", "铁", 3.0, 2), ("B", "C", "", 4.0, 2)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "links.csv is empty: its first line names the columns supplier,buyer,item,amount,essential"),
        ("seller,buyer\nA,B\n", "links.csv has no column supplier: its first line names the columns "),
        ("supplier,buyer,buyer\n", "links.csv has the column buyer twice; keep one"),
        (
            '"supplier,buyer\nA,B\n',
            "links.csv: the first line cannot be read (unexpected end of data); it names the columns ",
        ),
        (b"PK\x03\x04\x00\x00", "links.csv is no text; save the sheet as CSV UTF-8"),
        (b"supplier,buyer\n\xff\xff,B\n", "links.csv is neither UTF-8 nor GBK text; save the sheet as CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(read, text, sentence):
    with pytest.raises(Refused) as refused:
        read(links=text)

    assert str(refused.value).startswith(sentence)


def test_a_missing_file_and_a_folder_are_one_sentence(tmp_path):
    with pytest.raises(Refused, match="none.csv cannot be read: No such file or directory"):
        read_network(tmp_path / "none.csv", tmp_path / "none.csv")
    with pytest.raises(Refused, match="cannot be read: Is a directory"):
        read_network(tmp_path, tmp_path)


def test_an_empty_chain_is_a_chain(read):
    found, told = read(firms="id,stage\n", links="supplier,buyer\n")

    assert (found.graph.n, found.graph.m, told) == (0, 0, [])


def test_links_of_other_amounts_add_up_and_a_giant_stands_beside_a_one(read):
    found, told = read(links="supplier,buyer,item,amount\nA,B,x,1e15\nA,B,x,1\nA,B,x,0\nA,B,x,\nA,B,y,1\n")

    assert told == []
    assert found.graph.m == 5
    assert found.graph.sales[0] == 1e15 + 3  # the unknown amount counts as the median known one, 1


def test_classes_decide_where_a_link_says_nothing(read):
    classes = "supplier_stage,buyer_stage,class\nore,metal,0\nmetal,car,1\nmetal,car,2\nmetal,car,1\nore,car,3\n"
    links = "supplier,buyer,item,amount,essential\nA,B,,1,\nA,B,,1,1\nA,B,,1,0\nB,C,,1,\nA,C,,1,\n"

    found, told = read(classes=classes, links=links, default_kind=1)

    assert [link[4] for link in links_of(found.graph)] == [0, 2, 1, 1, 1]
    assert told == [
        "classes.csv, line 4: 'metal' to 'car' stands in line 3 with 1 and here with 2; keep the row that is right",
        "classes.csv, line 5: 'metal' to 'car' stands in line 3 already; keep one of the two rows",
        "classes.csv, line 6: class '3' is none; write 2 essential, 1 linear or 0 negligible",
    ]


def test_bills_cover_and_psi_are_read_beside(read):
    bom = "product,material,units\ncar,铁,2\ncar,glass,\ncar,glass,4\ncar,car,1\nbike,铁,0\n"
    cover = (
        "firm,item,stock,rate_per_day,capacity_per_day,recover_days\nB,铁,30,10,,7\nC,car,5,0,2,\nB,铁,1,1,1,1\n"
        "Q,铁,1,1,1,1\nC,铁,1,1,1,2e6\n"
    )
    psi = "firm,psi\nA,0.5\nC,0\nA,1\nB,1.5\nB,\n"

    found, told = read(bom=bom, cover=cover, psi=psi)

    assert found.bill == {"car": {"铁": 2.0, "glass": 1.0}}
    assert [(row.firm, row.item, row.days, row.recover_days) for row in found.stocks] == [
        ("B", "铁", 3.0, 7.0), ("C", "car", None, None),
    ]  # fmt: skip
    assert found.graph.cover.tolist() == pytest.approx([3.0, np.nan], nan_ok=True)
    assert found.psi.tolist() == [0.5, 1.0, 0.0]
    assert [line.partition(":")[0] for line in told] == [
        "bom.csv, line 4", "bom.csv, line 5", "bom.csv, line 6", "cover.csv, line 4", "cover.csv, line 5",
        "cover.csv, line 6", "psi.csv, line 4", "psi.csv, line 5", "psi.csv, line 6",
    ]  # fmt: skip
    assert found.left_out == {"firms": 0, "links": 0, "bom": 3, "cover": 3, "psi": 3}


def test_a_pipe_is_read_like_a_file(tmp_path):
    pipe, firms = tmp_path / "links.csv", tmp_path / "firms.csv"
    firms.write_text(FIRMS, encoding="utf-8")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: Path(pipe).write_text(LINKS, encoding="gbk"))
    writer.start()

    found = read_network(firms, pipe)
    writer.join()

    assert links_of(found.graph) == [("A", "B", "铁", 3.0, 2), ("B", "C", "", 4.0, 2)]


def test_progress_is_told_by_file(tmp_path, read):
    read()
    told = []

    read_network(tmp_path / "firms.csv", tmp_path / "links.csv", progress=lambda file, rows: told.append((file, rows)))

    assert told == [("firms.csv", 3), ("links.csv", 2)]
