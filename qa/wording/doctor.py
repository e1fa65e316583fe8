"""What `kildesvar doctor` says: what is wrong with a library, what it means, what to do."""

DAMAGES = {
    "database": "Databasen er beskadiget ({seen}). Det, der står i den, kan ikke bruges.",
    "contents": "Indholdet af databasen er ikke det, der blev skrevet. Citater kan være forkerte.",
    "unsealed": (
        "Databasens fil er ikke byte for byte, som den sidst blev lagt væk: En opdatering er i gang, eller "
        "den blev afbrudt, eller filen er ændret et sted, der ikke læses. Indholdet er set efter og i orden."
    ),
    "document": "Teksten af »{seen}« er ikke den, der blev læst. Citater fra den kan være forkerte.",
    "embedding": "De tal, der søges efter mening med, er beskadiget. Der kan blive fundet forkerte steder.",
    "derived": (
        "Søgeindekset mangler, er beskadiget eller af en anden udgave. Der bliver ikke svaret ud fra det."
    ),
    "counts": "Søgeindekset og databasen har ikke lige mange afsnit ({seen}).",
    "leftover": (
        "»{seen}« ligger ved søgeindekset uden at høre til det: En opdatering er i gang, eller den blev "
        "afbrudt. Der kan stå tekst i det, som er fjernet fra mappen."
    ),
    "added": "»{seen}« mangler eller er ikke byte for byte den fil, der blev tilføjet i Kildesvar.",
}
DOCTOR_SOUND = "Biblioteket for »{folder}« er i orden."
DOCTOR_REPAIRED = "Repareret: {}"
DOCTOR_REPAIR = "Intet er tabt. Kør »kildesvar doctor {arguments} --repair«, så bliver det bygget igen."
DOCTOR_ADD_AGAIN = (
    "Intet er slettet. Filerne ligger i »{added}«: Tag dem ud i Kildesvar, og tilføj dem igen fra en "
    "sikkerhedskopi; biblioteket har stadig teksten, til mappen bliver læst igen."
)
DOCTOR_READ_AGAIN = (
    "Intet er slettet. Dokumenterne ligger stadig i »{folder}«: Slet selv mappen »{library}«, "
    "og kør »kildesvar index {arguments}«, så bliver de læst igen."
)
