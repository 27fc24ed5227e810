"""All tables of the house, found by their file name, so that a migration never misses a concept."""

from importlib import import_module, util
from pathlib import Path

from sqlalchemy import MetaData
from sqlmodel import SQLModel

PACKAGES = ("kernel", "chain", "collaboration", "delivery", "oversight", "exchange")
"""Names, not imports: the kernel depends on none of them."""


def every_table() -> MetaData:
    for package in PACKAGES:
        found = util.find_spec(package)
        for folder in (found and found.submodule_search_locations) or ():
            for file in sorted(Path(folder).rglob("tables.py")):
                import_module(".".join((package, *file.relative_to(folder).with_suffix("").parts)))
    return SQLModel.metadata
