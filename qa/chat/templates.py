"""The page's templates, and how words are put into them."""

import html
import re
from collections.abc import Mapping
from pathlib import Path

WEB_FOLDER = Path(__file__).parent / "web"


def fill_template(name: str, words: Mapping[str, str]) -> str:
    """Return the template called `name` with words, as text, in the places that name them: `{{word}}`."""
    template = (WEB_FOLDER / name).read_text(encoding="utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda word: html.escape(words[word[1]]), template)
