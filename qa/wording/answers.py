"""What an answer says beside its quotes: refusals, remarks, and how sure it is."""

REFUSAL = "Jeg fandt ikke svar på det i {documents}."
UNKNOWN_WORD = "Ordet {} står ingen steder i dem."
UNKNOWN_WORDS = "Ordene {} står ingen steder i dem."
DID_YOU_MEAN = "Mente du {}?"
DIFFERENT = "Bemærk: Dokumenterne siger ikke det samme."
DIFFERENT_NEWEST_FIRST = "Bemærk: Dokumenterne siger ikke det samme. Det nyeste står først."

CONFIDENCE = (
    (0.8, 3, "Svaret står meget sandsynligt her"),
    (0.5, 2, "Svaret står sandsynligvis her"),
    (0.0, 1, "Usikkert: se efter i kilden"),
)
"""Confidence in words, highest first: from which chance, which of three steps, and what is said."""


def confidence_in_words(confidence: float) -> tuple[int, str]:
    """Return the step (1 to 3) of a calibrated chance (0 to 1) and the words for it."""
    return next((step, words) for chance, step, words in CONFIDENCE if confidence >= chance or step == 1)
