"""Every page that stands by itself can be reached from the menu of somebody, and lights its entry there."""

from tests.house.tree import broken
from web.app import create_app
from web.menu import menu_of

ELSEWHERE = {
    "/": "leads on to one's first page", "/inbox": "the bell", "/sign-in": "before there is a menu", "/invoices.xlsx": "/invoices",
    "/mergers": "/firms", "/tolerances": "/orders", "/graphql": "for programs", "/healthz": "for programs", "/readyz": "for programs",
    "/metrics": "for programs",
}  # fmt: skip
"""Address -> where else it is found."""
AUDIENCES = ("buyer", "supplier", "carrier", "official", "applicant", "operator")


def alone(app):
    """Addresses of one part, without a variable, that are opened."""
    return {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.rule.count("/") == 1 and "<" not in rule.rule
    }


def test_no_page_is_out_of_every_menu(settings):
    app = create_app(settings)
    with app.test_request_context("/", headers={"Accept-Language": "zh-CN"}):
        shown = {address for who in AUDIENCES for address, _word in menu_of(who)}
        words = [word for who in ("buyer", "supplier") for _address, word in menu_of(who)]

    assert shown <= alone(app) | {"/"}, broken("10", "an entry of the menu opens a page", shown - alone(app))
    missing = alone(app) - shown - set(ELSEWHERE)
    assert missing == set(), broken(
        "10", "web/menu.py: a page that nobody finds, or say in ELSEWHERE how it is found", missing
    )
    assert all(words.count(word) <= 2 for word in words)
