"""What the command line says: answers with their sources, what was read, and what went wrong."""

UNEXPECTED_ERROR = "Der skete en uventet fejl ({kind}); hvad der gik galt, står i »{log}«."
UNEXPECTED_ERROR_NOT_KEPT = "Der skete en uventet fejl ({kind}), og den kunne ikke skrives i loggen."
NO_FOLDER = "Der er ikke valgt nogen mappe med dokumenter; skriv hvor den er."
NOT_WRITTEN = "Svaret kunne ikke skrives: {reason}; skriv det et andet sted hen."
BUSY = (
    "Et andet program er ved at læse mappen »{folder}«; der svares ud fra det, der sidst blev læst færdigt."
)
UPDATING = "Bringer biblioteket for »{folder}« ajour …"
UNDERSTOOD_AS = "Læst sammen med det, du spurgte om før: {}"
RELATED = "Måske relateret:"
NOT_READ = "Kunne ikke læses: {document} ({reason})"
PARTLY_READ = "Kun delvist læst: {document} ({reason})"
HOLDINGS = "{documents} med {passages} og {sentences}."
INDEXED = "{added} nye, {changed} ændrede, {removed} fjernede, {unchanged} uændrede ({seconds} sekunder)."
WOULD_ADD = "Ny: {}"
WOULD_CHANGE = "Ændret: {}"
WOULD_RENAME = "Omdøbt: {old} → {new}"
WOULD_REMOVE = "Fjernet: {}"
WOULD_INDEX = (
    "{added} nye, {changed} ændrede, {renamed} omdøbte, {removed} fjernede, {unchanged} uændrede. "
    "Biblioteket er ikke rørt."
)
WOULD_READ_ALL = "Kildesvar læser nu på en anden måde, så alle filer bliver læst igen."
STATUS_FOLDER = "Mappe:     {}"
STATUS_MODEL = "Model:     {}"
STATUS_EXACT = "Søgning:   alle afsnit sammenlignes nøjagtigt"
STATUS_ROUGH = (
    "Søgning:   alle afsnit sammenlignes groft, de {candidates} bedste nøjagtigt; "
    "det finder {share} % af de 100 nærmeste"
)
STATUS_LIBRARY = "Bibliotek: {}"
STATUS_DOCUMENT = "{path}: {facts}"
STATUS_NUMBERS = "Personnumre står i {documents}: {named}"
NUMBERS_HIDDEN = "Personnumre er skjult; se dem med --show-cpr."
STAGES = {"read": "Læser filer", "embed": "Gør teksten søgbar", "build": "Lægger på plads"}

# Sources

UNDER = "under »{}«"
PARAGRAPH = "afsnit {}"
PAGE = "side {}"
TABLE = "Tabel: {}"
ALSO_IN = "Står også i: {}"
AND_OTHERS = "{} og {}"
