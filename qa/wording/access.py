"""What is said to those who log in on a server, and to the one who decides who may."""

LOGIN = {
    "title": "Log ind på Kildesvar",
    "failed_title": "Ikke logget ind – Kildesvar",
    "name": "Brugernavn",
    "password": "Adgangskode",
    "submit": "Log ind",
    "forgotten": "Har du glemt din adgangskode? Spørg den, der passer Kildesvar hos jer.",
    "ended": "Du bliver logget ud, når du ikke har brugt Kildesvar i en halv time.",
    "wrong": "Brugernavnet eller adgangskoden er forkert. Prøv igen.",
    "wait": "Der er skrevet forkert adgangskode for mange gange. Prøv igen om {time}.",
    "unavailable": "Brugerne kan ikke slås op lige nu. Sig det til den, der passer Kildesvar hos jer.",
    "many": "Mange logger ind lige nu. Vent et øjeblik, og prøv igen.",
}
"""The texts of the page where visitors log in."""

TOO_FAST = "Du har spurgt mange gange på kort tid. Vent {seconds} sekunder, og spørg igen."

ON_A_SERVER = {
    "searches": "Kildesvar søger i {documents} på jeres egen server. Du ser, hvor svaret står.",
    "no_documents": "Der er ingen dokumenter at søge i endnu.",
    "fact_local": "Alt bliver på jeres egen server. Intet bliver sendt videre.",
    "feedback_kept": "Når du sender, bliver spørgsmålet, det første citat og dit svar gemt på jeres server.",
    "feedback_kept_refused": "Når du sender, bliver spørgsmål og svar gemt på jeres server.",
    "help_privacy": (
        "Samtalen ligger kun i denne fane. Den er væk, når du logger ud, lukker fanen eller begynder en ny "
        "samtale. Andre brugere kan ikke se den. Kun hvis du svarer på »Hjalp svaret?«, "
        "bliver dit spørgsmål og dit svar gemt på serveren."
    ),
    "lost": "Der er ingen forbindelse til Kildesvar. Vent lidt, og prøv så igen.",
}
"""The page's texts that say something else where others than the one at the machine are visitors."""

PROMPT = "Adgangskode til {name} (mindst {chars} tegn): "
PROMPT_AGAIN = "Skriv den igen: "
PASSWORDS_DIFFER = "De to adgangskoder er ikke ens; prøv igen med den samme adgangskode to gange."
NO_TERMINAL = "Adgangskoden kan kun skrives på en terminal; send den ellers ind med --password-stdin."
NAME_MISSING = "Der mangler et navn; skriv »kildesvar users {action} NAVN«."
USER_ADDED = "{name} kan nu logge ind."
USER_CHANGED = "{name} har fået en ny adgangskode og er logget ud alle steder."
USER_REMOVED = "{name} kan ikke længere logge ind."
USER_UNKNOWN = "Der er ingen bruger ved navn »{name}«; se dem med »kildesvar users list«."
NO_USERS = "Der er ingen brugere endnu; opret den første med »kildesvar users add NAVN«."
USERS_UNUSABLE = (
    "Filen »{path}« med brugere kan ikke bruges; se efter, om disken er fuld, "
    "eller flyt filen væk, og opret brugerne igen."
)


def waiting_time(seconds: int) -> str:
    """Return a time to wait in words: »30 sekunder«, »1 minut«, »8 minutter«."""
    if seconds < 60:
        return f"{seconds} {'sekund' if seconds == 1 else 'sekunder'}"
    minutes = -(-seconds // 60)
    return f"{minutes} {'minut' if minutes == 1 else 'minutter'}"
