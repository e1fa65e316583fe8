"""The command line's grammar: commands, options, and what is said when they are used wrongly."""

ABOUT = (
    "Stil spørgsmål til en mappe med dine egne dokumenter. Svarene er ordrette citater med kilde, "
    "og intet forlader din computer."
)
COMMANDS = "Kommandoer"
COMMAND_WORD = "KOMMANDO"
ARGUMENTS = "Argumenter"
OPTIONS = "Valg"
USAGE = "Brug: "
DOCUMENT_WORD = "DOKUMENT"
FOLDER_WORD = "MAPPE"
FILE_WORD = "FIL"
MODEL_WORD = "MODEL"
ADDRESS_WORD = "ADRESSE"
NAME_WORD = "NAVN"
QUESTION_WORD = "SPØRGSMÅL"
SET_WORD = "SÆT"
ACTION_WORD = "HANDLING"

HELP_CHAT = "Åbn samtalen i browseren."
HELP_INDEX = "Læs en mappe, så der kan spørges til den."
HELP_ASK = "Stil ét spørgsmål."
HELP_STATUS = "Vis hvilke dokumenter der er læst, og hvilke der ikke kunne læses."
HELP_BENCHMARK = "Mål hvad indlejring, søgning og opstart koster på denne maskine."
HELP_SIZES = "så mange afsnit skal der måles søgning i, adskilt af komma (ellers 1000,10000,100000)"
HELP_QUICK = "mål færre gange og kun på et lille bibliotek"
HELP_EVALUATE = "Mål hvor gode svarene er på et sæt spørgsmål."

HELP_USERS = "Vis, opret eller fjern dem, der må logge ind på en server."
HELP_FORGET = "Slet et dokument af alt, hvad Kildesvar gemmer, og bevis det med en linje til sagen."
HELP_DOCUMENT = "Dokumentets navn, som »kildesvar status« viser det."
HELP_DELETE_FILE = "Slet også filen i mappen; ellers skal den være fjernet først."
HELP_DOCTOR = "Undersøg, om biblioteket er i orden, og reparér det, der kan bygges igen."
HELP_ALL = "Undersøg alt: hver tekst, hvert tal og hele databasen. Det tager længere tid."
HELP_REPAIR = "Byg igen, hvad der kan bygges ud fra databasen."
HELP_PRIVACY = "Vis, hvad der er gemt hvor, og at intet forlader maskinen: til databeskyttelse."
HELP_FEEDBACK = "Vis hvad brugerne har svaret på »Hjalp svaret?«."

HELP_HELP = "Vis denne hjælp."
HELP_VERSION = "Vis versionen."
HELP_HOME = "Hvor Kildesvar gemmer sine data (eller miljøvariablen KILDESVAR_HOME)."
HELP_MODEL = "En anden sprogmodel til søgning: en mappe eller et navn (sentence-transformers)."
HELP_ENGINE = (
    "Søg i Milvus i stedet for i egne filer: milvus://VÆRT:PORT eller milvus://FIL.db. Dokumenternes "
    "vektorer og koder for deres ord lægges da dér, teksten ikke."
)
HELP_ALLOW_DOWNLOAD = "Lad modellen blive hentet fra nettet, hvis den kun er givet ved navn."
HELP_JSON = "Skriv svaret som JSON."
HELP_DRY_RUN = "Vis kun, hvad der ville blive læst, ændret og fjernet; intet bliver gjort."
HELP_FOLDER = "Mappen med dokumenter."
HELP_FOLDER_LAST = "Mappen med dokumenter; ellers den, der blev brugt sidst."
HELP_PORT = "Port på denne computer (7860, hvis intet er valgt)."
HELP_NO_BROWSER = "Åbn ikke browseren."
HELP_HOST = "Lyt på denne IP-adresse, så andre kan komme ind; de skal logge ind (se docs/server.md)."
HELP_PUBLIC_URL = "Adressen, som brugerne skriver den, fx https://svar.kommune.dk/kildesvar."
HELP_BEHIND_PROXY = "Stol på den proxy, der står foran, når den siger, hvor en bruger kommer fra."
HELP_ACTION = "list, add eller remove."
HELP_USER = "Brugerens navn."
HELP_STDIN = "Læs adgangskoden fra standard input i stedet for at spørge om den."
HELP_COUNT_REFUSALS = "Tæl spørgsmål uden svar efter emne (titlen på det nærmeste dokument)."
HELP_CSV = "Skriv svarene som en tabel (CSV), der kan åbnes i et regneark."
HELP_CLEAR = "Slet alle svar på »Hjalp svaret?« og alle talte emner; du bliver spurgt først."
HELP_YES = "Svar ja til det, der bliver spurgt om."
HELP_QUESTION = "Spørgsmålet i anførselstegn."
HELP_SHOW_CPR = "Vis hele personnumre; ellers er de sidste fire cifre skjult."
HELP_PREVIOUS = "Det spørgsmål, der gik forud; kan gives flere gange, det ældste først."
HELP_WITHIN = "Søg kun i dette dokument eller i denne mappe i mappen; kan gives flere gange."
HELP_SET = "Mappen med spørgsmål og dokumenter."
HELP_QUESTIONS = "Andre spørgsmål end sættets egne."
HELP_SIGNAL = "Mål rangordenen efter ét signal alene."
HELP_FOREIGN = "Stil også spørgsmål fra et andet sæt, som dokumenterne her ikke kan svare på."
HELP_ABLATION = "Mål rangordenen efter hvert signal alene og uden hvert signal."
HELP_FAILURES = "Vis de N første spørgsmål, der gik galt."

SEE_HELP = "Se »{program} --help«."
USAGE_ERROR = "Kommandoen kunne ikke forstås ({})."
NO_COMMAND = "Der mangler en kommando."
EMPTY_VALUE = "må ikke være tom; skriv en værdi"
NOT_A_PORT = "skal være et helt tal fra 1 til 65535, men var »{}«"
NOT_AN_ACTION = "skal være list, add eller remove, men var »{}«"
NOT_A_COUNT = "skal være et helt tal fra 1 og op, men var »{}«"

USAGE_ERRORS = (
    (r"the following arguments are required: (.*)", "Der mangler: {}."),
    (r"unrecognized arguments: (.*)", "Dette kendes ikke: {}."),
    (r"argument KOMMANDO: invalid choice: '(.*?)' .*", "Kommandoen »{}« findes ikke."),
    (r"argument (.*?): expected one argument", "{} skal have en værdi."),
    (r"argument (.*?): ignored explicit argument '(.*)'", "{} kan ikke have en værdi, men fik »{}«."),
    (r"argument (.*?): not allowed with argument (.*)", "{} kan ikke bruges sammen med {}."),
    (r"argument (.*?): (.*)", "{} {}."),
)
"""What argparse says in English, as patterns in order, and how it is said in Danish."""
