"""Which of the two languages a page speaks."""

from flask import Request

LANGUAGES = ("zh", "en")
LOCALES = {"zh": "zh_Hans_CN", "en": "en"}
HTML_TAGS = {"zh": "zh-CN", "en": "en"}
COOKIE = "lang"


def language_of(request: Request, setting: str | None) -> str:
    """The link just clicked, else the last one clicked here, else the person's setting, else the browser's wish."""
    for wish in (request.args.get("lang"), request.cookies.get(COOKIE), setting):
        if wish in LANGUAGES:
            return wish
    # A browser that names neither language gets Chinese: werkzeug's `default` is only for no match at all.
    return request.accept_languages.best_match(LANGUAGES, default="zh")
