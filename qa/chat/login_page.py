"""The page where visitors log in: plain HTML that works without scripts, and what it sends."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse

from qa.chat.headers import content_policy
from qa.chat.templates import fill_template
from qa.wording.access import LOGIN

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": content_policy(
        script_src="'self'", style_src="'self'", img_src="'self'", font_src="'none'", form_action="'self'"
    ),
    "referrer-policy": "same-origin",  # with none at all the form would not say which page it comes from
}


@dataclass(frozen=True, slots=True)
class LoginForm:
    """What a visitor typed."""

    name: str = ""
    password: str = ""


def read_login_form(body: bytes, max_bytes: int) -> LoginForm:
    """Return what the form sent; empty where it is longer than it can be, or no form."""
    if len(body) > max_bytes:
        return LoginForm()
    try:
        fields = parse_qs(body.decode("ascii", "replace"), max_num_fields=8)
    except ValueError:
        return LoginForm()
    return LoginForm(*(fields.get(name, [""])[0] for name in ("name", "password")))


def draw_login_page(
    form: LoginForm | None = None, error: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HTMLResponse:
    """Return the page, with what went wrong and the name that was typed, but never the password."""
    words = LOGIN | {
        "page_title": LOGIN["failed_title" if error else "title"],
        "error": error,
        "typed": form.name if form else "",
        "is_wrong": "true" if error else "false",
    }
    return HTMLResponse(fill_template("login.html", words), status, _HEADERS)
