"""What the figures of a benchmark are called."""

MEASURING = {
    "folder": "Mappen",
    "question": "Spørgsmål",
    "encoding": "Indlejring",
    "starting": "Opstart",
}
MEASURING_SIZE = "{} afsnit"

MACHINE = "Maskine: {processor}, {cores} kerner, {system}, Python {python}, belastning {load}"
FOLDER = "Mappe: {passages} afsnit, {sentences} sætninger"
QUESTION = "Et spørgsmål i mappen, i alt {times} gange indlejringen alene"
ENCODING = "Indlejring af tekster ({dtype}, {tokens} tegnenheder hver)"
SCALE = "Søgning efter bibliotekets størrelse"
STARTING = "Opstart"

STAGES = {
    "embedding_alone": "indlejring alene",
    "embed": "indlejring",
    "retrieve": "søgning",
    "answer": "svar",
    "total": "i alt",
}
ENCODING_ROWS = {
    "sentences_per_second": "sætninger i sekundet",
    "tokens_per_second": "tegnenheder i sekundet",
    "plain_tokens_per_second": "det samme med sentence-transformers, float32",
    "times_plain": "gange så hurtigt",
    "limit_tokens_per_second": "maskinens grænse (multiplikationerne alene)",
    "share_of_limit": "andel af grænsen",
}
SCALE_COLUMNS = {
    "passages": "afsnit",
    "embed": "indlejring",
    "dense": "vektorer",
    "lexical": "ord",
    "fuse": "fletning",
    "total": "i alt",
    "recall_at_100": "recall@100",
    "bytes_per_vector": "byte/vektor",
    "disk_mb": "MB på disk",
    "build_seconds": "bygget på s",
}
STARTING_ROWS = {
    "help_seconds": "kildesvar --help",
    "status_seconds": "kildesvar status",
    "ask_seconds": "kildesvar ask",
    "resync_seconds": "gennemgang af en uændret mappe, med modellen",
}
P50_P95 = "p50 / p95 ms"
