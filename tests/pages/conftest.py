"""A real browser and a live server for the page tests; anything a browser complains of fails the test that caused it.

A folder of tests gives its own session fixture `site`, the address that `serve(an_app)` answers (see gallery/conftest.py).
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=zh-CN", "--disable-default-apps",
    "--disable-dev-shm-usage", "--font-render-hinting=none",
]  # fmt: skip
DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


WALKED = "slice/test_in_a_browser.py"
BESIDE = {"test_an_official_goes_through_the_map_by_keyboard"}
"""What a browser walks in every run: the trade's own pages, and the map as an official goes through it. All other walks are of `make soak`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not os.environ.get("SOAK"):
        later = pytest.mark.skip(
            reason="a browser walks the other pages in make soak: with them the suite passes its 20 minutes"
        )
        for item in items:
            if "browser" in getattr(item, "fixturenames", ()) and not (
                str(item.path).endswith(WALKED) or item.name in BESIDE
            ):
                item.add_marker(later)


@pytest.fixture(scope="session")
def browser_program() -> str:
    looked = subprocess.run(
        [HERE.parents[1] / "scripts" / "browser", "--find"], capture_output=True, text=True, check=False
    )
    if found := looked.stdout.strip():
        return found
    if os.environ.get("BROWSER_REQUIRED"):
        pytest.fail(looked.stderr)
    pytest.skip(looked.stderr.strip())


@pytest.fixture(scope="session")
def browser(browser_program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Flask], str]]:
    """Starts an app on a free port of this machine and tells its address; all are stopped at the end."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(_served(app))


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, name="pages under test")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`open_page(path, **context options)`: a page of a fresh visitor. At the end: no stray request, no complaint."""
    strays: list[str] = []
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def watch(page: Page) -> None:
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(path: str, **options: object) -> Page:
        chosen = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": site, **DESK, **options}
        context = browser.new_context(**chosen)
        contexts.append(context)
        context.set_default_timeout(10_000)

        def gate(route) -> None:
            if route.request.url.startswith((site + "/", "data:")):
                route.continue_()
            else:
                strays.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        context.on("page", watch)
        page = context.new_page()
        page.goto(path)
        return page

    opened.complaints = complaints
    yield opened
    for context in contexts:
        context.close()
    assert strays == [], "the page asked other machines"
    assert complaints == [], "the browser complained"


@pytest.fixture
def page(open_page) -> Page:
    """A blank page of a desk visitor, for tests that go somewhere themselves."""
    return open_page("/static/icon.svg")


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: every violation, one line each. It runs in a world of its own, so the page's CSP stays in force."""
    source = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")

    def judged(page: Page) -> list[str]:
        cdp = page.context.new_cdp_session(page)
        frame = cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = cdp.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})["executionContextId"]
        cdp.send("Runtime.evaluate", {"expression": source, "contextId": world})
        answer = cdp.send(
            "Runtime.evaluate",
            {
                "contextId": world,
                "awaitPromise": True,
                "returnByValue": True,
                "expression": f"axe.run(document, {{runOnly: {AXE_RULES}}})",
            },
        )
        cdp.detach()
        violations = answer["result"]["value"]["violations"]
        assert answer["result"]["value"]["passes"], "axe judged nothing"
        return [f"{v['impact']} {v['id']}: {node['html'][:120]}" for v in violations for node in v["nodes"][:3]]

    return judged


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`shoot(page, name)`: keeps a picture when SHOTS names a folder, else costs nothing."""
    folder = os.environ.get("SHOTS")

    def shot(page: Page, name: str, *, whole: bool = False) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{re.sub(r'[^A-Za-z0-9-]+', '-', name)}.png", full_page=whole)

    return shot


@pytest.fixture(scope="session")
def sideways() -> Callable[[Page], list[str]]:
    """`sideways(page)`: what makes the page, or a table turned into cards, scroll sideways; empty when nothing does."""
    script = """() => {
      const wide = document.documentElement.clientWidth;
      const cards = [...document.querySelectorAll(".scroll")].filter(e => e.querySelector(".cards") && e.scrollWidth > e.clientWidth);
      if (document.documentElement.scrollWidth <= wide) return cards.map(e => "cards are " + e.scrollWidth);
      return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > wide + 1)
        .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat("page is " + document.documentElement.scrollWidth);
    }"""
    return lambda page: page.evaluate(script)


@pytest.fixture(scope="session")
def phone() -> dict[str, object]:
    """Context options of a phone 390 pixels wide."""
    return dict(PHONE)
