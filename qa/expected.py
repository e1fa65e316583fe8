"""What kind of answer a question asks for, and whether a sentence holds one of that kind.

"Hvornår" asks for a time and "hvad koster" for an amount: among sentences that are equally near, the one
with such a value is the likelier answer.
"""

import re
from enum import Enum

_NUMBER_WORDS = (
    "nul|en|et|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten"
    "|nitten|tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems|hundrede|tusind|million(?:er)?|milliard(?:er)?"
)
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DAYS = "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|hverdag|hverdage"


class Expected(Enum):
    """The kind of answer; each value is (how the question asks, what an answer holds), as patterns."""

    PHONE = (
        r"\b(?:telefon\w*|tlf|ringe?r?)\b",
        r"(?<!\d)(?:\+45 ?)?\d{2} ?\d{2} ?\d{2} ?\d{2}(?!\d)",
    )
    MAIL = (r"\b(?:e-?mail\w*|mail\w*)\b", r"[\w.+-]+@[\w-]+\.\w")
    AMOUNT = (
        r"\bhvad (?:koster|kosted?e?|er prisen)\b|\bhvor (?:meget koster|dyr)|\b(?:pris|takst|gebyr|beløb|honorar)\w*\b",
        r"\d\s*(?:kr\b|kroner|dkk|,-|%|procent|mio|mia|€|\$|dollars?|euro|pund)|(?:kr\.?|dkk|€|\$)\s*\d|\bgratis\b",
    )
    TIME = (
        r"\bhvornår\b|\bhvilke[nt]? (?:dato|dag|år|måned|uge|tidspunkt|århundrede|årti)|\b(?:frist|deadline|åbningstid)\w*"
        r"|\bhvor (?:længe|ofte|lang tid|tit|hurtigt)\b",
        rf"\b(?:1[5-9]|20)\d\d\b|\b\d{{1,2}}\.\s?(?:{_MONTHS})|\b(?:{_MONTHS}|{_DAYS})\b|\bkl\.?\s?\d|\buge \d"
        rf"|\b(?:\d+|{_NUMBER_WORDS})[ -](?:dages?|uger?s?|måneders?|år|års|timer?s?|minutter?s?|århundrede)\b",
    )
    COUNT = (
        r"\bhvor (?:mange|stor|store|stort|høj|højt|lang|langt|meget|gammel|bred|tung)\b|\bantal(?:let)?\b|\bprocent",
        rf"\d|\b(?:{_NUMBER_WORDS.replace('en|et|', '')})\b",
    )
    PERSON = (
        r"\bhvem\b|\bhvis navn\b|\bhvad hedder\b",
        r"(?<![.!?»”\"] )(?<!^)\b[A-ZÆØÅ][\w.-]+ (?:(?:de|von|van|af) )?[A-ZÆØÅ][\w-]+",
    )

    def __init__(self, asked: str, answered: str) -> None:
        self.asked = re.compile(asked, re.IGNORECASE)
        self.answered = re.compile(answered, 0 if self.name == "PERSON" else re.IGNORECASE)


def expected_answers(question: str) -> tuple[Expected, ...]:
    """Return the kinds of answer that a question asks for; none if it does not say."""
    return tuple(kind for kind in Expected if kind.asked.search(question))


def holds_expected(text: str, kinds: tuple[Expected, ...]) -> bool:
    """Tell whether `text` holds a value of one of these kinds."""
    return any(kind.answered.search(text) for kind in kinds)
