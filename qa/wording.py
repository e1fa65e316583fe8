"""Every Danish text that a user can meet outside an error's own sentence, by where it is met."""

# Command line: grammar

ABOUT = (
    "Stil spørgsmål til en mappe med dine egne dokumenter. Svarene er ordrette citater med kilde, "
    "og intet forlader din maskine."
)
COMMANDS = "Kommandoer"
COMMAND_WORD = "KOMMANDO"
ARGUMENTS = "Argumenter"
OPTIONS = "Valg"
USAGE = "Brug: "
FOLDER_WORD = "MAPPE"
FILE_WORD = "FIL"
MODEL_WORD = "MODEL"
NAME_WORD = "NAVN"
QUESTION_WORD = "SPØRGSMÅL"
SET_WORD = "SÆT"

HELP_CHAT = "Åbn samtalen i browseren."
HELP_INDEX = "Læs en mappe, så der kan spørges til den."
HELP_ASK = "Stil ét spørgsmål."
HELP_STATUS = "Vis hvilke dokumenter der er læst, og hvilke der ikke kunne læses."
HELP_EVALUATE = "Mål hvor gode svarene er på et sæt spørgsmål."

HELP_HELP = "Vis denne hjælp."
HELP_VERSION = "Vis versionen."
HELP_HOME = "Hvor Kildesvar gemmer sine data (eller miljøvariablen KILDESVAR_HOME)."
HELP_MODEL = "En anden sprogmodel til søgning: en mappe eller et navn (sentence-transformers)."
HELP_ALLOW_DOWNLOAD = "Lad modellen blive hentet fra nettet, hvis den kun er givet ved navn."
HELP_JSON = "Skriv svaret som JSON."
HELP_FOLDER = "Mappen med dokumenter."
HELP_FOLDER_LAST = "Mappen med dokumenter; ellers den, der blev brugt sidst."
HELP_PORT = "Port på denne maskine (7860, hvis intet er valgt)."
HELP_NO_BROWSER = "Åbn ikke browseren."
HELP_QUESTION = "Spørgsmålet i anførselstegn."
HELP_PREVIOUS = "Det spørgsmål, der gik forud; kan gives flere gange, det ældste først."
HELP_SET = "Mappen med spørgsmål og dokumenter."
HELP_QUESTIONS = "Andre spørgsmål end sættets egne."
HELP_SIGNAL = "Mål rangordenen efter ét signal alene."
HELP_FOREIGN = "Stil også spørgsmål fra et andet sæt, som dokumenterne her ikke kan svare på."
HELP_ABLATION = "Mål rangordenen efter hvert signal alene og uden hvert signal."
HELP_FAILURES = "Vis de N første spørgsmål, der gik galt."

SEE_HELP = "Se »{program} --help«."
USAGE_ERROR = "Kommandoen kunne ikke forstås ({})."
NO_COMMAND = "Der mangler en kommando."
NOT_A_PORT = "skal være et helt tal fra 1 til 65535, men var »{}«"
NOT_A_COUNT = "skal være et helt tal fra 1 og op, men var »{}«"

USAGE_ERRORS = (
    (r"the following arguments are required: (.*)", "Der mangler: {}."),
    (r"unrecognized arguments: (.*)", "Dette kendes ikke: {}."),
    (r"argument KOMMANDO: invalid choice: '(.*?)' .*", "Kommandoen »{}« findes ikke."),
    (r"argument (.*?): expected one argument", "{} skal have en værdi."),
    (r"argument (.*?): ignored explicit argument '(.*)'", "{} kan ikke have en værdi, men fik »{}«."),
    (r"argument (.*?): (.*)", "{} {}."),
)
"""What argparse says in English, as patterns in order, and how it is said in Danish."""

# Command line: what is said

UNEXPECTED_ERROR = "Der skete en uventet fejl ({kind}); hvad der gik galt, står i »{log}«."
NO_FOLDER = "Der er ikke valgt nogen mappe; skriv den, fx »kildesvar {command}«."
UPDATING = "Bringer biblioteket for »{folder}« ajour …"
UNDERSTOOD_AS = "Forstået som: {}"
SOURCE = "Kilde"
RELATED = "Måske relateret:"
NOT_READ = "Kunne ikke læses: {document} ({reason})"
PARTLY_READ = "Kun delvist læst: {document} ({reason})"
INDEXED = "{documents} læst ({added}, {changed}, {removed}), {passages} i alt, på {seconds} sekunder."

# Citations

UNDER = "Under »{}«"
PARAGRAPH = "afsnit {}"
PAGE = "side {}"

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def danish_date(iso: str) -> str:
    """Return an ISO date (YYYY-MM-DD) as it is written in Danish: »5. marts 2015«."""
    year, month, day = iso.split("-")
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its word: »1 dokument«, »2.045 afsnit«."""
    return f"{grouped(number)} {one if number == 1 else many}"


def grouped(number: int) -> str:
    """Return a whole number with a point between thousands, as Danish has it."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, digits: int) -> str:
    """Return a number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")
