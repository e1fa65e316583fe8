"""From hits to an answer: quotes with numbered citations, or a refusal with what is nearest."""

from collections.abc import Sequence

from qa import wording
from qa.confidence import REFUSE_BELOW
from qa.quotes import Found, Quote, best_sentence
from qa.terms import QueryTerms
from qa.types import Answer, Citation

MAX_RELATED = 3


def answer_with(
    question: str, understood_as: str | None, confidence: float, quotes: Sequence[Quote]
) -> Answer:
    """Return an answer of these quotes, numbered from 1."""
    citations = tuple(_cite(number, quote) for number, quote in enumerate(quotes, 1))
    text = "\n\n".join(f"»{citation.quote}« [{citation.number}]" for citation in citations)
    return Answer(question, understood_as, False, confidence, text, citations, (), {})


def refuse(
    question: str, understood_as: str | None, confidence: float, found: Sequence[Found], terms: QueryTerms
) -> Answer:
    """Return a refusal with the nearest passages, each by its best sentence."""
    quotes = (best_sentence(each, terms) for each in found[:MAX_RELATED])
    related = tuple(_cite(number, quote) for number, quote in enumerate(quotes, 1))
    return Answer(question, understood_as, True, confidence, wording.REFUSAL, (), related, {})


def is_refused(confidence: float, quotes: Sequence[Quote]) -> bool:
    """Tell whether there is nothing to quote, or too little speaks for it."""
    return not quotes or confidence < REFUSE_BELOW


def _cite(number: int, quote: Quote) -> Citation:
    passage = quote.found.passage
    return Citation(
        number=number,
        document=passage.document,
        title=passage.title,
        date=passage.date,
        headings=passage.headings,
        page=passage.page,
        paragraph=passage.paragraph,
        quote=quote.text,
        start=quote.span.start,
        end=quote.span.end,
        score=round(min(1.0, max(0.0, quote.found.hit.score)), 4),
    )
