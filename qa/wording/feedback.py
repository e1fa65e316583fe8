"""What is said of the answers that visitors gave to »Hjalp svaret?«."""

FEEDBACK_COLUMNS = ("Tid (UTC)", "Hjalp svaret?", "Spørgsmål", "Dokument", "Citat", "Bemærkning")
HELPED = {True: "ja", False: "nej"}
FEEDBACK_SUMMARY = "Svar bedømt: {}. De {} hjalp, de {} hjalp ikke."
CLEAR_FEEDBACK = "Slet {} og alle talte emner? Skriv »ja« og tryk Enter: "
CLEARED_FEEDBACK = "Slettet."
KEPT_FEEDBACK = "Intet er slettet."
REFUSED_TOPICS = "Spørgsmål uden svar, talt efter det nærmeste dokuments titel:"
FEEDBACK_UNUSABLE = (
    "Filen »{path}« med svar på »Hjalp svaret?« kan ikke bruges; se efter, om disken er fuld, "
    "eller flyt filen væk, så en ny bliver lavet."
)
