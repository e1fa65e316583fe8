"""From what was found to an answer: quotes with numbered citations, or a refusal that helps."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.read.rows import CELL_SEPARATOR
from index.types import Span
from qa.cohesion import cohesion
from qa.confidence import REFUSE_BELOW, Evidence, confidence, weigh_evidence
from qa.differences import find_difference, order_by_time
from qa.duplicates import find_other_places
from qa.expected import Expected, find_expected
from qa.find import State, with_sentences
from qa.names import unknown_name
from qa.periods import asked_years
from qa.quotes import (
    MAX_QUOTES,
    QUOTED_PASSAGES,
    Found,
    Quote,
    choose_passages,
    choose_quotes,
    rank_sentences,
)
from qa.refusal import refusal_text
from qa.related import MAX_RELATED, choose_related
from qa.terms import QueryTerms, weigh_terms
from qa.types import Answer, Citation

MAX_EMPHASISED = 3
"""More values than this in one quote tell nobody which of them is meant."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked, as it was understood where that is another, and what it asks for."""

    question: str
    understood_as: str | None
    kinds: tuple[Expected, ...] = ()

    @property
    def query(self) -> str:
        """What is searched for."""
        return self.understood_as or self.question


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found, each text once, the sentences to quote, ranked, and the evidence that they answer."""

    found: Sequence[Found]
    ranked: tuple[Quote, ...]
    terms: QueryTerms
    evidence: Evidence


def weigh(asked: Asked, found: Sequence[Found], state: State) -> Weighed:
    """Rank the sentences of `found`, each text once, and gather what an answer or a refusal goes by."""
    terms = weigh_terms(asked.query, state.index.lexical, len(state.index.vectors))
    ranked = rank_sentences(with_sentences(state, choose_passages(found)), terms, asked.kinds)
    name = unknown_name(asked.query, terms, state.index)
    together = _cohesion(found, state)
    evidence = weigh_evidence(found, ranked, terms, state.index.background, asked.kinds, name, together)
    return Weighed(found, ranked, terms, evidence)


def _cohesion(found: Sequence[Found], state: State) -> float:
    in_document = state.library.passage_count(found[0].passage.document) if found else 0
    in_all = len(state.scope.passage_ids) if state.scope else len(state.index.vectors)
    return cohesion(found, in_document, in_all)


def compose_answer(asked: Asked, weighed: Weighed, state: State) -> Answer:
    """Choose the quotes, judge how likely they answer, and answer or refuse."""
    ranked, terms = weighed.ranked, weighed.terms
    chance = confidence(weighed.evidence)
    if not ranked or not chance >= REFUSE_BELOW:  # a chance that is no number refuses too
        return _refuse(asked, chance, weighed, state)
    quotes = choose_quotes(ranked)
    different = find_difference(ranked[0], ranked, asked.kinds, terms)
    if different is None:
        return _answer_with(asked, chance, quotes, None, state)
    lead, other = quotes[0], _as_chosen(different, quotes)
    both, notice = order_by_time(lead, other, asked_years(asked.query))
    rest = [quote for quote in quotes[1:] if quote is not other]
    return _answer_with(asked, chance, (*both, *rest)[:MAX_QUOTES], notice, state)


def _as_chosen(sentence: Quote, quotes: Sequence[Quote]) -> Quote:
    """Return the one of `quotes` that the sentence is in, else the sentence."""
    return next((quote for quote in quotes if _holds(quote, sentence)), sentence)


def _holds(quote: Quote, sentence: Quote) -> bool:
    same_document = quote.document == sentence.document
    return same_document and quote.span.start <= sentence.span.start < quote.span.end


def _answer_with(
    asked: Asked, chance: float, quotes: Sequence[Quote], notice: str | None, state: State
) -> Answer:
    citations = tuple(_cite(number, quote, state, asked.kinds) for number, quote in enumerate(quotes, 1))
    lines = [f"»{citation.quote}« [{citation.number}]" for citation in citations]
    text = "\n\n".join((*lines, notice) if notice else lines)
    searched = state.scope.searched if state.scope else None
    return Answer(
        asked.question, asked.understood_as, False, chance, text, citations, (), {}, notice, searched
    )


def _refuse(asked: Asked, chance: float, weighed: Weighed, state: State) -> Answer:
    """Refuse, with the nearest passages, each by its best sentence."""
    # the best of another document, which is ranked too, may be far behind the next of the first one
    nearest = {each.passage.id for each in weighed.found[:QUOTED_PASSAGES]}
    quotes = choose_related([quote for quote in weighed.ranked if quote.found.passage.id in nearest])
    if len(quotes) < MAX_RELATED:
        everything = with_sentences(state, weighed.found)
        quotes = choose_related(rank_sentences(everything, weighed.terms, asked.kinds))
    related = tuple(_cite(number, quote, state) for number, quote in enumerate(quotes, 1))
    text = refusal_text(asked.query, weighed.terms, state)
    searched = state.scope.searched if state.scope else None
    return Answer(asked.question, asked.understood_as, True, chance, text, (), related, {}, searched=searched)


def _cite(number: int, quote: Quote, state: State, kinds: tuple[Expected, ...] = ()) -> Citation:
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
        author=passage.author,
        also_in=find_other_places(quote, state),
        columns=passage.columns if CELL_SEPARATOR in quote.text else (),  # no sentence below a table
        emphasis=_emphasis(quote, kinds),
    )


def _emphasis(quote: Quote, kinds: tuple[Expected, ...]) -> tuple[Span, ...]:
    """Return where values of these kinds stand in the document; none where they are many."""
    found = tuple(
        Span(each.span.start + value.start, each.span.start + value.end)
        for each in quote.sentences
        for value in find_expected(each.text, kinds)
    )
    return found if len(found) <= MAX_EMPHASISED else ()
