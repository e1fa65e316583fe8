"""Tells a question that is plainly not Danish, so that a refusal can say so."""

import unicodedata

from index.danish import find_words, is_stop_word

_FOREIGN = frozenset(
    """
    what who whom whose when where which why how is are was were does did has been being the of and
    with from this that these those there their they you your my our we it its can could should would
    must shall will about not any
    was wer wie wann warum wo welche welcher welches wieviel ist sind war wird werden hat haben das die
    ein eine einen einer und oder nicht mit von zu zum zur im auf ich wir sie ihr können muss müssen
    que quel quelle quels quelles qui quand pourquoi comment combien est sont le la les une des du et ou
    dans pour avec sur cette
    vad vem vilka vilken vilket när varför hur mycket är och att inte för med till ska eller
    """.split()
)
"""Function words of English, German, French and Swedish; those that Danish has too count as Danish."""

_ENOUGH = 2
"""One foreign word may be a name. More than twice as many as Danish ones are a sentence of that language:
"I" and "for" are words of both."""


def seems_foreign(question: str) -> bool:
    """Tell whether a question is plainly in another language than Danish, or in other letters."""
    words = find_words(question)
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if letters and not any(unicodedata.name(letter, "").startswith("LATIN") for letter in letters):
        return True
    danish = sum(map(is_stop_word, words))
    foreign = sum(word in _FOREIGN and not is_stop_word(word) for word in words)
    return foreign >= _ENOUGH and foreign > 2 * danish
