"""Both languages stand: everything the pages say in Chinese has its English, and the files are the ones the tool makes."""

import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "scripts" / "translations"


def tool():
    loader = SourceFileLoader("translations", str(TOOL))
    module = module_from_spec(spec_from_loader("translations", loader))
    loader.exec_module(module)
    return module


def test_every_text_of_the_pages_has_its_english():
    answer = subprocess.run([sys.executable, TOOL, "check"], capture_output=True, text=True, check=False)

    assert (answer.returncode, answer.stderr) == (0, ""), answer.stdout + answer.stderr


def test_updating_changes_nothing(tmp_path):
    translations = tool()
    before = translations.PO.read_bytes(), translations.MO.read_bytes()
    translations.PO, translations.MO = tmp_path / "messages.po", tmp_path / "messages.mo"
    translations.PO.write_bytes(before[0])

    translations.update()

    assert (translations.PO.read_bytes(), translations.MO.read_bytes()) == before


def test_a_missing_an_empty_and_a_forgotten_text_are_each_complained_of(tmp_path):
    translations = tool()
    catalog = translations.catalogue()
    catalog.delete("链主协同平台")
    catalog["下一页"].string = ""
    catalog.add("没有页面说这句话", "no page says this")
    translations.PO, translations.MO = tmp_path / "messages.po", tmp_path / "messages.mo"
    translations.PO.write_bytes(translations.written(catalog))
    translations.MO.write_bytes((ROOT / "web/translations/en/LC_MESSAGES/messages.mo").read_bytes())

    complaints = translations.complaints()

    assert [c.partition(":")[0].partition(",")[0] for c in complaints] == [
        "not in the catalogue",
        "no page says this any more",
        "has no English",
        "messages.mo was not made from messages.po by this Babel",
    ]
