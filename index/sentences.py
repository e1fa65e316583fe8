"""Danish text to sentences.

Every run of `.`, `!`, `?` and `…` is a candidate, and is judged by the word before it and the character
after it. Each candidate looks back at most `_LOOK_BACK_CHARS`, so the time is linear in the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.abbreviations import AFTER_ORDINALS, FUNCTION_WORDS, LETTERED, MAYBE_LAST, NEVER_LAST, UNITS
from index.types import Span

MAX_SENTENCE_CHARS = 1000
"""A longer sentence is divided at semicolons, commas or blanks: it must fit the embedding model."""

_LOOK_BACK_CHARS = 48

_CLOSERS = "\"'”“’»«)]}›‹"
_OPENERS = "\"'”“„‚’‘»«([{›‹–—-"

_MARKS = ".!?…"
_END_MARKS = re.compile(rf"[{_MARKS}]+[{re.escape(_CLOSERS)}]*")
_NEXT_WORD = re.compile(rf"\s*[{re.escape(_OPENERS)}]{{0,4}}\s?(\S[\w-]{{0,30}}\.?)?")
_GLUED_NEXT = re.compile(r"[A-ZÆØÅ][a-zæøå]+(?=[\s,;:]|$)")
_SPACED = re.compile(r"(?<![\w.])(?:\w{1,4}\.\s?){1,3}\w{1,5}$")
_BLANKS = re.compile(r"\s+")
_WORD_BEFORE = re.compile(r"([\w.§]+)[\s,]*[\"'”“„’»«(\[]?$")

_NUMBER = re.compile(r"\d{1,2}")
_ENUMERATION = re.compile(r"(?:§\s?)?(?:\d{1,3}(?:\.\d{1,3})*|\w|[ivxIVX]{1,5})")
_LABEL = re.compile(r"(?:§+\s?\d+(?:\s?[a-zæøå])?|(?:stk|nr|art|kap|pkt)\.?\s?\d+)", re.IGNORECASE)

_LINE_BREAK = re.compile(r"\n\s*")
_LIST_MARK = re.compile(r"(?:[•‣◦▪·●○*–—-]|\(?\d{1,4}[.):]|\(?[a-zæøå]\))\s+\S")
_FIELD = re.compile(r"[A-ZÆØÅ][^.!?:\n]{0,40}:\s")


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of `text` in order, as spans into it without white space around them.

    Together they cover every character that is not white space, and none is longer than
    `MAX_SENTENCE_CHARS`.
    """
    spans: list[Span] = []
    start = 0
    line_ends = list(_line_ends(text))
    for end in sorted({*line_ends, *_sentence_ends(text, line_ends), len(text)}):
        spans.extend(_divide(text, start, end))
        start = end
    return tuple(spans)


def _sentence_ends(text: str, line_ends: Sequence[int]) -> Iterator[int]:
    sentence_end = 0
    for match in _END_MARKS.finditer(text):
        lines_above = bisect_right(line_ends, match.start())
        start = max(sentence_end, line_ends[lines_above - 1] if lines_above else 0)
        if _ends_sentence(text, start, match):
            sentence_end = match.end()
            yield sentence_end


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Judge one candidate; `start` is where its sentence began."""
    after = _NEXT_WORD.match(text, match.end())
    next_word = (after.group(1) or "") if after else ""
    marks = match.group()
    word = _last_word(text, start, match.start())
    if match.end() < len(text) and not text[match.end()].isspace():
        return _is_glued(word, marks, text, match.end())
    if not next_word or not word.strip(_MARKS):
        return False  # the text ends here anyway, or only marks stand here
    if next_word[0].islower() or next_word[0] in ",;:":
        return False
    if marks[0] != "." or (len(marks) > 1 and marks[1] in _MARKS):
        return True
    return _full_stop_ends(text, start, match.start(), word, next_word)


def _last_word(text: str, start: int, end: int) -> str:
    words = text[max(start, end - _LOOK_BACK_CHARS) : end].rsplit(None, 1)
    return words[-1].rpartition("/")[2].lstrip(_OPENERS) if words else ""


def _is_glued(word: str, marks: str, text: str, position: int) -> bool:
    """Tell a sentence end whose blank was lost, "op til.Spørgeren", from "kl.dk" and "model.Kunde"."""
    following = _GLUED_NEXT.match(text, position)
    if marks != "." or following is None or not (word.isalpha() and word.islower()):
        return False
    return word in FUNCTION_WORDS or following.group().lower() in FUNCTION_WORDS


def _full_stop_ends(text: str, start: int, stop: int, word: str, next_word: str) -> bool:
    if _is_enumeration(text, start, stop):
        return False
    if _NUMBER.fullmatch(word):
        return _number_ends(next_word)
    if len(word) == 1 and word.isalpha():
        return _letter_ends(text, start, stop, word, next_word)
    return _word_ends(text, start, stop, word, next_word)


def _is_enumeration(text: str, start: int, stop: int) -> bool:
    """Tell the label that begins a sentence: "1.", "3.1.", "a.", "§ 3.", "Stk. 2."."""
    if stop - start > _LOOK_BACK_CHARS:
        return False
    label = text[start:stop].strip()
    return bool(_ENUMERATION.fullmatch(label) or _LABEL.fullmatch(label))


def _number_ends(next_word: str) -> bool:
    """Judge "3." inside a sentence: an ordinal goes on, a plain number ends it."""
    if next_word[0].isdigit():
        return False
    return next_word.rstrip(".").lower() not in AFTER_ORDINALS


def _letter_ends(text: str, start: int, stop: int, letter: str, next_word: str) -> bool:
    """Judge "B.": an initial goes on, a label ("plan B.") and the words "i" and "å" end."""
    if letter.islower():
        return _abbreviation_ends(_abbreviation(text, start, stop, letter), next_word)
    if next_word.lower() in FUNCTION_WORDS:
        return True
    before = _WORD_BEFORE.search(text[max(start, stop - 1 - _LOOK_BACK_CHARS) : stop - 1])
    return before is not None and before.group(1).lower() in LETTERED


def _word_ends(text: str, start: int, stop: int, word: str, next_word: str) -> bool:
    if word.isupper() and word.isalpha() and not next_word[0].isdigit():
        return True  # "KL." is no "kl."
    if _is_initials(word):
        return False
    return _abbreviation_ends(_abbreviation(text, start, stop, word), next_word)


def _is_initials(word: str) -> bool:
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isupper() for part in parts)


def _abbreviation(text: str, start: int, stop: int, word: str) -> str:
    """Return the abbreviation before the stop in lower case: "F.eks" and "f. eks" both give "f.eks"."""
    spaced = _SPACED.search(text[max(start, stop - _LOOK_BACK_CHARS) : stop])
    if spaced:
        joined = _BLANKS.sub("", spaced.group()).lower()
        while "." in joined:
            if joined in NEVER_LAST or joined in MAYBE_LAST:
                return joined
            joined = joined.partition(".")[2]
    return word.lower()


def _abbreviation_ends(abbreviation: str, next_word: str) -> bool:
    if abbreviation in NEVER_LAST:
        return False
    if abbreviation in MAYBE_LAST:
        return not next_word[0].isdigit() and next_word.rstrip(".").lower() not in UNITS
    return True


def _line_ends(text: str) -> Iterator[int]:
    """Yield the line ends that end a sentence: before a list mark or a field, after a blank or short line."""
    if "\n" not in text:
        return
    width = max(map(len, text.split("\n")))
    line_start = 0
    for match in _LINE_BREAK.finditer(text):
        if _line_ends_sentence(text, line_start, match, width):
            yield match.start()
        line_start = match.end()


def _line_ends_sentence(text: str, line_start: int, match: re.Match[str], width: int) -> bool:
    following = text[match.end() : match.end() + _LOOK_BACK_CHARS]
    if not following or following[0].islower():
        return False
    if match.group().count("\n") > 1 or _LIST_MARK.match(following) or _FIELD.match(following):
        return True
    first_word = following.split(None, 1)[0]
    return match.start() - line_start + 1 + len(first_word) < 0.6 * width


def _divide(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield `text[start:end]` without white space around it, in parts that are short enough."""
    start, end = _trim(text, start, end)
    while end - start > MAX_SENTENCE_CHARS:
        cut = _cut(text, start, start + MAX_SENTENCE_CHARS)
        yield Span(*_trim(text, start, cut))
        start, end = _trim(text, cut, end)
    if start < end:
        yield Span(start, end)


def _cut(text: str, start: int, limit: int) -> int:
    for mark in (";", "\n", ",", " "):
        found = text.rfind(mark, start + MAX_SENTENCE_CHARS // 2, limit)
        if found != -1:
            return found + 1
    return limit


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
