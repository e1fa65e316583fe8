"""What kind of answer a question asks for, and what in a sentence is of that kind.

"Hvornår" asks for a time and "hvad koster" for an amount: among sentences that are equally near, one with
such a value is the likelier answer. Where a pattern has many branches, what they begin with is asked for
first, which takes a third of the time.
"""

import re
from dataclasses import dataclass

from index.types import Span

_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DAYS = "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|hverdage?"
_COUNTS = (
    "nul|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|tyve"
    "|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems|hundrede|tusind|million(?:er)?|milliard(?:er)?"
)


def _first_letters(*alternatives: str) -> str:
    """Return the letters that some of these begin with, each of which joins words by »|«."""
    return "".join(sorted({word[0] for each in alternatives for word in each.split("|")}))


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of answer: how a question asks for it, and what a value of it looks like."""

    asked: re.Pattern[str]
    answered: re.Pattern[str]


def _kind(asked: str, answered: str, *, exact_case: bool = False) -> Expected:
    flags = re.VERBOSE if exact_case else re.VERBOSE | re.IGNORECASE
    return Expected(re.compile(asked, re.VERBOSE | re.IGNORECASE), re.compile(answered, flags))


_ASKS_FOR = r"^(?!(?: må | er(?!\ der) | skal | bør | gælder | hvor(?: for | dan | når | \ længe ) )\b) .*?"
"""How a question begins that asks for a number or an address: those ruled out are about one at most."""

_NO_REFERENCE = (
    r"(?<!§)(?<!§\s)(?<!§\s\d-)(?<!§\s\d\d-)(?<!stk\.\s)(?<!stk\s)(?<!nr\.\s)(?<!nr\s)(?<!kap\.\s)"
    r"(?<!kl\.\s)(?<!kl\s)(?<!\d)(?<!\d[.,])(?!^\d{1,2}\))"
)
"""Stands before a number that counts something: »stk. 5«, »kl. 10« and »16)« count nothing."""

_NO_ORDINAL = rf"(?!(?<=\.)\s(?-i:[a-zæøå])|\s(?:{_MONTHS})\b)"
"""Stands behind one: »3. klasse« and »5. maj« count nothing."""

PHONE = _kind(
    rf"""{_ASKS_FOR} (?: \b(?: telefon | tlf | mobil )\W{{0,2}}(?: nummer | numre | nr )\w* | \btlf\b
      | \bhvilket\ nummer\b.{{0,40}}\b(?: ringe | træffe | kontakte )
      | \bnummeret\ til\b | \bhvad\ er\ telefonen\ til\b
      | \bhvor\ (?: kan | skal | bør | må )\b.{{0,40}}\bringe\b
      | \bhvor\ ringer\b (?: \ (?: jeg | man | vi | du )\b | .{{0,40}}\bhen\b )
      | \bhvad\ er\ (?!en\ )\w+\ telefon\b(?!-) )""",
    r"(?=[+\d]) (?<!\d) (?:\+45\ ?)? (?:\d\d\ ?){3}\d\d (?!\d)",
)
MAIL = _kind(
    rf"""{_ASKS_FOR} (?: \b(?: e-?mail | mail | e-?post )[ -]?adresse\w*
      | \bhvad\ er\ (?: e-?mailen | mailen )\ til\b | \bhvilken\ (?: e-?mail | mail )\b(?!-)
      | \bhvad\ er\ (?!en\ )\w+\ (?: e-?mail | mail )\b(?!-) )""",
    r"[\w.+-]+ @ [\w-]+ (?:\.[\w-]+)+",
)
AMOUNT = _kind(
    r"""\bhvad\ (?: koste[rd]?e? | er\ prisen )\b | \bhvor\ (?: meget\ koster | dyrt? )\b
      | \b(?: pris | takst | gebyr | beløb | honorar )\w*\b""",
    r"""(?=[\dkd€$g]) (?:
        \d[\d.,]*\s*(?: kr\b | kroner | dkk\b | ,- | % | procent | mio | mia | € | \$ | dollars? | euro )
      | (?: \bkr\.? | \bdkk | € | \$ )\s*\d[\d.,]* | \bgratis\b )""",
)
TIME = _kind(
    r"""\bhvornår\b | \bhvilke[nt]?\ (?: dato | dag | år | måned | uge | tidspunkt | århundrede | årti )
      | \b(?: frist | deadline | åbningstid )\w* | \bhvor\ (?: længe | ofte | tit | hurtigt | lang\ tid )""",
    rf"""\b(?=[\dkue{_first_letters(_MONTHS, _DAYS, _COUNTS)}]) (?: \d{{1,2}}\.\s?(?:{_MONTHS})(?:\s\d{{4}})?
      | (?=[{_first_letters(_MONTHS)}])(?:{_MONTHS})(?:\s\d{{4}})?\b
      | (?=[{_first_letters(_DAYS)}])(?:{_DAYS})\b
      | (?: 1[5-9] | 20 )\d\d\b | kl\.?\s?\d[\d.:]* | uge\s\d+
      | (?: \d+ | en | et | {_COUNTS} )[ -]
        (?: dag | uge | måned | år | time | minut | århundrede )(?: e | r | er | ers | s | ter )?\b )""",
)
COUNT = _kind(
    r"""\bhvor\ (?: mange | store? | stort | højt? | langt? | meget | gammel | bredt? | tungt? )\b
      | \bantal(?:let)?\b | \bprocent""",
    rf"""(?=\d){_NO_REFERENCE}(?>\d[\d.,]*){_NO_ORDINAL}
      | \b(?=[{_first_letters(_COUNTS)}])(?:{_COUNTS})\b""",
)
PERSON = _kind(
    r"\bhvem\b | \bhvis\ navn\b | \bhvad\ hedder\b",
    r"""(?<![.!?»”"]\ )(?<!^) \b[A-ZÆØÅ][\w.-]+\ (?:(?: de | von | van | af )\ )?[A-ZÆØÅ][\w-]+""",
    exact_case=True,
)
NAME = _kind(
    r"\bhvad\ (?: hedder | hed | kaldes | er\ (?: navnet | titlen ) )\b",
    r"""\b(?: navn(?:et)? | titlen | hedder | hed | heddet | kaldes | kaldt )\b
      | [”"»“] [^”"»«“\s]+ (?: \s [^”"»«“\s]+ ){0,7} [”"«“]""",
)
"""What something is called: said so, or a title in quotation marks, which is no longer than eight words."""

MEANING = _kind(
    r"""\bhvad\ (?: betyder | står\ (?!der\b).{1,60}\bfor\W*$ | dækker\b.{1,60}\bover\W*$ | forstås | menes
      | er\b.{1,60}\bforkortelse\ for\b | er\ betydningen )""",
    r"\b(?: står\ for | betyder | forkortelse\w* | forstås | menes | dækker\ over | defineres | betegner )\b",
)

SAID_BY_WORDS = (NAME, MEANING)
"""What they find are the words that say it, and not what is said."""

KINDS = (PHONE, MAIL, AMOUNT, TIME, COUNT, PERSON, NAME, MEANING)


def expected_answers(question: str) -> tuple[Expected, ...]:
    """Return the kinds of answer that a question asks for; none if it does not say."""
    return tuple(kind for kind in KINDS if kind.asked.search(question))


def holds_expected(text: str, kinds: tuple[Expected, ...]) -> bool:
    """Tell whether `text` holds a value of one of these kinds."""
    return any(kind.answered.search(text) for kind in kinds)


def find_expected(text: str, kinds: tuple[Expected, ...]) -> tuple[Span, ...]:
    """Return where in a sentence values of these kinds stand, in order and apart."""
    patterns = [kind.answered for kind in kinds if kind not in SAID_BY_WORDS]
    matches = (match for pattern in patterns for match in pattern.finditer(text))
    found: list[Span] = []
    for start, value in sorted((match.start(), match.group().rstrip(".,")) for match in matches):
        end = start + len(value)
        if found and start <= found[-1].end:
            start, end = found[-1].start, max(end, found.pop().end)
        found.append(Span(start, end))
    return tuple(found)
