"""The files of the house as its rules see them, and the sentence a broken rule prints."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "kernel",
    "chain",
    "collaboration",
    "delivery",
    "oversight",
    "exchange",
    "graphql/api",
    "web",
    "jobs",
    "seeds",
)
DOMAIN = ("chain", "collaboration", "delivery", "oversight", "exchange")
NOT_OURS = (".venv", ".git", "var", "dist", "node_modules", "__pycache__")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed; in a copy without git, every file that is no by-product."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [p for p in ROOT.rglob("*") if not any(part in NOT_OURS for part in p.relative_to(ROOT).parts)]
    return tuple(sorted(p for p in found if p.is_file() and not p.is_symlink() and p.suffix != ".pyc"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(*packages: str) -> dict[str, ast.Module]:
    """Path from the root -> syntax tree, of every module of these packages."""
    return {
        name(path): parsed(path)
        for path in files()
        if path.suffix == ".py" and any(name(path).startswith(f"{package}/") for package in packages or PACKAGES)
    }


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def dotted(path: str) -> str:
    """The name a module is imported by: graphql/api/run.py is api.run."""
    return path.removeprefix("graphql/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def calls(node: ast.AST) -> list[ast.Call]:
    return [found for found in ast.walk(node) if isinstance(found, ast.Call)]


def called(call: ast.Call) -> str:
    """The last name of what is called: one for work.one(...)."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def broken(section: str, why: str, found: object) -> str:
    return f"\nhouse.md {section}: {why}\nfound: {found}"
