"""What `kildesvar forget` says: the line to file, and why a document cannot be forgotten yet."""

_WHAT = (
    "{date} · »{document}« · SHA-256 af filen {file}, af teksten {text} · slettet: {passages} afsnit, "
    "{sentences} sætninger, {embeddings} vektorer, {opinions} brugersvar · søgt efter {needles} tekster og "
    "vektorer i {files} filer ({megabytes} MB) og {terms} ord i søgeindekset: "
)
FORGOTTEN = f"Glemt · {_WHAT}ingen rester."
NOT_FORGOTTEN = f"IKKE glemt · {_WHAT}rester i {{left}} filer."
STILL_IN = "Der er rester i »{}«, som ligger i Kildesvars datamappe."
RUN_AGAIN = (
    "Kør den samme kommando igen, når de andre programmer, der bruger Kildesvar, er lukket: "
    "Den fjerner resterne og leder igen."
)
NOT_KEPT = "Dokumentet er slettet, men beviset kunne ikke gemmes ({error}); ret det, og læs mappen igen."
TERMS_LEFT = "{} af dokumentets egne ord står stadig i søgeindekset."
ONLY_OPINIONS = (
    "»{document}« er ikke i biblioteket, så intet kan bevises; {opinions} brugersvar om det er slettet."
)
FILE_IS_THERE = (
    "Filen »{file}« ligger stadig i mappen og ville blive læst igen; "
    "slet den samtidig med --delete-file, eller flyt den ud af mappen først."
)
FILE_IS_ELSEWHERE = (
    "»{file}« er et link eller ligger uden for mappen og bliver ikke slettet; fjern det selv først."
)
