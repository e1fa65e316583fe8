"""What `kildesvar doctor --privacy` says, for whoever answers for the protection of data."""

TEST_QUESTION = "Hvad handler dokumenterne om?"

KEPT = "Det gemmer Kildesvar, i »{home}«:"
KEPT_LINE = "  {name}: {what}; {files} filer, {megabytes} MB, {permissions}"
OPEN_TO_OTHERS = " - ANDRE BRUGERE PÅ MASKINEN KAN SE DET"
PURPOSES = {
    ".": "mappen selv",
    "libraries": "dokumenternes tekst, opdelt, med søgeindeks (slettes med »kildesvar forget«)",
    "model": "sprogmodellen til søgning; ingen data om jer",
    "log": "fejl: tid, slags og sted i programmet; ingen spørgsmål og ingen tekst fra dokumenter",
    "added": "kopier af filer, der er tilføjet i samtalen (tages ud dér eller med »kildesvar forget«)",
    "feedback": (
        "svar på »Hjalp svaret?« fra dem, der har trykket Send: spørgsmål, dokument, citat, bemærkning; "
        "og, hvis det er slået til, titler på dokumenter med antallet af spørgsmål uden svar"
    ),
    "users": "navne og hashede adgangskoder, når Kildesvar kører som server",
    "running": "en sokkel, som »kildesvar ask« spørger en åben samtale gennem; ingen data om jer",
    "forgetting": "det, der er glemt, men ikke bevist væk endnu: kun hashværdier, ingen tekst",
    "last_folder": "hvilken mappe der blev brugt sidst",
}
OTHER_PURPOSE = "andet"
DOCUMENTS = (
    "Dokumenterne selv ligger i »{folder}«. De bliver læst; kun »forget --delete-file« sletter en fil."
)
NETWORK = "Netværk:"
LISTENING = "  Kildesvar lytter nu på {}."
NOT_LISTENING = (
    "  Kildesvar lytter ikke nu. Samtalen lytter på 127.0.0.1 (kun denne maskine), medmindre --host er givet."
)
LOCK_HOLDS = "  Prøve: Et forsøg på at nå en anden maskine blev afvist."
LOCK_FAILS = "  Prøve: Et forsøg på at nå en anden maskine blev IKKE afvist."
ASKED = "  Prøve: Model hentet frem og et spørgsmål besvaret; {attempts} forsøg på at nå en anden maskine."
NOT_ASKED = (
    "  Prøve: Model hentet frem (mappen er ikke læst endnu, eller søgeindekset mangler); "
    "{attempts} forsøg på at nå en anden maskine."
)
ATTEMPT = "    Forsøg: {}"
ENGINE = (
    "  Søgeindekset ligger i {}: Dertil går vektorer og talte ord af dokumenter og spørgsmål, "
    "og det kan prøven ikke se."
)
MODEL = (
    "Model: {} (den medfølgende har licensen MIT). Den kører på denne maskine, skriver ingen tekst selv og "
    "lærer ikke af det, I spørger om."
)
LOGS = "Log: {lines}. Brugersvar: {opinions}. Samtaler bliver ikke gemt på maskinen, kun i browserens fane."
PACKAGES = "Programmet selv har licensen MIT. Det bruger disse pakker (navn, version, licens):"
PACKAGE = "  {} {}: {}"
UNKNOWN_LICENCE = "se pakken"
SOUND = "Intet forlod maskinen under prøven, og kun ejeren kan se det, der er gemt."
NOT_SOUND = "Noget er ikke, som det skal være: se linjerne med »Forsøg«, »IKKE« eller »ANDRE BRUGERE«."
