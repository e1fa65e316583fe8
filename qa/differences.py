"""Two documents that say different things of the same: both are shown, and that they differ.

Only what can be told for certain is said: two sentences from different documents in nearly the same words,
under the same words of the question, with values of the kind asked for (dates, amounts, numbers, names) that
cannot both be true. One that only says it more precisely, or writes it otherwise, does not differ.
"""

from collections.abc import Sequence

from index.danish import stems
from qa.expected import Expected
from qa.quotes import Quote
from qa.terms import QueryTerms
from qa.values import PERSON_SLOT, contradict, find_values
from qa.wording.answers import DIFFERENT, DIFFERENT_NEWEST_FIRST, DIFFERENT_OTHER_YEARS

_SAME_MATTER = 0.6
"""The share of their other words that two sentences on the same matter have in common (Jaccard)."""

_SAME_BUT_FOR_THE_NAME = 0.9
"""The same where names are what differs: most sentences hold a name, and many people do the same things."""


def find_difference(
    lead: Quote, others: Sequence[Quote], kinds: Sequence[Expected], terms: QueryTerms
) -> Quote | None:
    """Return the first of `others` that gives another value than `lead` for the same thing, or None."""
    own = find_values(lead.text, kinds)
    if not own:
        return None
    needed = _SAME_BUT_FOR_THE_NAME if PERSON_SLOT in own else _SAME_MATTER
    for other in others:
        if (
            other.document != lead.document
            and contradict(own, find_values(other.text, kinds))
            and _asked_words(lead, terms) == _asked_words(other, terms)
            and _share_of_words(lead, other, kinds) >= needed
        ):
            return other
    return None


def order_by_time(one: Quote, other: Quote, years: tuple[str, ...]) -> tuple[tuple[Quote, Quote], str]:
    """Return the two in the order to show them, and the line that says that they differ.

    If only one of the documents is from a year that was asked for, it comes first; else the newer. If
    neither is, that is what the line says.
    """
    dates = [each.found.passage.date or "" for each in (one, other)]
    one_fits, other_fits = (date.startswith(years) for date in dates)
    if one_fits != other_fits:
        return ((one, other) if one_fits else (other, one)), DIFFERENT
    if years and all(dates) and not one_fits:
        return newest_first(one, other), DIFFERENT_OTHER_YEARS.format(years=" eller ".join(years))
    notice = DIFFERENT_NEWEST_FIRST if tells_newest(one, other) else DIFFERENT
    return newest_first(one, other), notice


def tells_newest(one: Quote, other: Quote) -> bool:
    """Tell whether the dates of the two documents say which is the newer."""
    dates = one.found.passage.date, other.found.passage.date
    return None not in dates and dates[0] != dates[1]


def newest_first(one: Quote, other: Quote) -> tuple[Quote, Quote]:
    """Return the two with the newer document first, or as they are where that cannot be told."""
    newer = (other.found.passage.date or "") > (one.found.passage.date or "")
    return (other, one) if newer and tells_newest(one, other) else (one, other)


def _asked_words(quote: Quote, terms: QueryTerms) -> set[str]:
    """Return the query's stems in a sentence and above it: »Pris: 100 kr.« is of many matters."""
    passage = quote.found.passage
    above = " ".join((passage.title, *passage.headings, passage.introduction))
    return terms.weights.keys() & {*stems(above), *stems(quote.text)}


def _share_of_words(one: Quote, other: Quote, kinds: Sequence[Expected]) -> float:
    """Return the share (Jaccard) of the words, values left out, that both sentences have; 0 without words."""
    first, second = _other_stems(one.text, kinds), _other_stems(other.text, kinds)
    return len(first & second) / (len(first | second) or 1)


def _other_stems(text: str, kinds: Sequence[Expected]) -> set[str]:
    for kind in kinds:
        text = kind.answered.sub(" ", text)
    return {stem for stem in stems(text) if not stem.isdigit()}
