"""The API as a process of its own loads it: nothing that only the tests, or the workers, have loaded beside it."""

import subprocess
import sys
from ast import literal_eval

SCRIPT = """
import api.schema
from api.nodes import KINDS
from kernel.sight import kinds
print(sorted(set(KINDS) - set(kinds())))
"""


def test_the_web_process_knows_who_sees_what_an_inbox_tells_of():
    """Without it an inbox is empty and nothing can be followed; in the tests the workers' modules had said it."""
    found = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60)

    unknown = set(literal_eval(found.stdout))
    assert "Order" not in unknown and "SupplyLink" not in unknown
    assert len(unknown) < 10, unknown


def test_where_nobody_has_said_who_sees_what_that_is_loud():
    asked = "from kernel.sight import kinds; kinds()"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60)

    assert "RuntimeError: no rule of who sees what is loaded" in found.stderr
