"""The page: one Gradio component with a constant template, drawn by the scripts in `web/`.

No text of a visitor or a document is ever part of a template: the scripts put it on the page as text.
"""

from index.read.limits import LIMITS, MEGABYTE
from index.read.table import BY_SUFFIX
from qa.chat.engine import ChatEngine
from qa.chat.local_files import LocalFiles
from qa.chat.offline import gr
from qa.chat.replies import make_server_functions
from qa.chat.templates import WEB_FOLDER, fill_template
from qa.feedback import Feedback
from qa.wording.access import ON_A_SERVER
from qa.wording.page import CHAT

WEB_PATH = "/kildesvar"
"""Where the files of `WEB_FOLDER` are served, below wherever the page itself is."""

_STYLE_SHEETS = (
    "colours.css",
    "chat.css",
    "controls.css",
    "welcome.css",
    "composer.css",
    "answer.css",
    "quote.css",
    "feedback.css",
    "reader.css",
    "dialogs.css",
    "documents.css",
    "adding.css",
)
_SCRIPTS = sorted(script.name for script in WEB_FOLDER.glob("*.js") if script.name != "login.js")

_ACCEPTED = {"suffixes": ",".join(BY_SUFFIX), "megabytes": LIMITS.file_bytes // MEGABYTE}
"""Which files the page offers to add: by name, and how large."""

HEAD = "".join(
    (
        "<script>document.documentElement.lang = 'da'</script>",
        f'<link rel="icon" href=".{WEB_PATH}/icon.svg" type="image/svg+xml">',
        *(f'<link rel="stylesheet" href=".{WEB_PATH}/{name}">' for name in _STYLE_SHEETS),
        *(f'<link rel="modulepreload" href=".{WEB_PATH}/{name}">' for name in _SCRIPTS),
    )
)

_ON_LOAD = (
    f"import(new URL('.{WEB_PATH}/start.js', document.baseURI))"
    ".then((start) => start.start({element, server, ...props}));"
)


def build_chat(
    engine: ChatEngine,
    feedback: Feedback | None = None,
    files: LocalFiles | None = None,
    *,
    is_server: bool = False,
) -> gr.Blocks:
    """Return the page over `engine`, ready to be served.

    Without `feedback` nobody is asked for any; without `files` none can be added or opened. On a server the
    page says that it is one, and visitors can log out.
    """
    words = CHAT | ON_A_SERVER if is_server else CHAT
    templates = ["chat.html", "adding.html"] if files else ["chat.html"]
    page = gr.Blocks(title=CHAT["name"], analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(
            elem_id="kildesvar",
            html_template="".join(fill_template(name, words) for name in templates),
            apply_default_css=False,
            js_on_load=_ON_LOAD,
            server_functions=make_server_functions(engine, feedback, files),
            words=words,
            takes_feedback=feedback is not None,
            takes_files=_ACCEPTED if files else None,
            has_login=is_server,
        )
    return page
