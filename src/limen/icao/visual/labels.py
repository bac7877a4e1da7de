"""Labels of the visual zone's entries in the languages that travel documents are labelled in.

Doc 9303-3, 8th edition, 3.7, and 9303-4 to -7, 4.1.1: English, French or Spanish beside the national language. A label
is known by any of its parts, for readers of print lose letters of so small a print.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache


class Field(StrEnum):
    """What an entry says; those that no zone repeats are `OTHER`."""

    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    NAME = "name"
    """All names in one entry."""
    NUMBER = "number"
    PERSONAL_NUMBER = "personal_number"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    EXPIRY_DATE = "expiry_date"
    ISSUE_DATE = "issue_date"
    NATIONALITY = "nationality"
    ISSUER = "issuer"
    DOCUMENT_CODE = "document_code"
    OTHER = "other"


_LABELS = {
    Field.SURNAME: "surname|sumame|last name|family name|primary identifier|nom|nom de famille|apellido|apellidos|"
    "primer apellido|familienname|nachname|cognome|sobrenome|apelidos|apelido|naam|achternaam|efternamn|etternavn|"
    "efternavn|sukunimi|nazwisko|prijmeni|priezvisko|prezime|priimek|csaladi nev|nume|soyadi|soyad|perekonnanimi|"
    "uzvards|pavarde|mbiemri|cenom|sloinne|cyfenw|eftirnafn|kenninafn",
    Field.GIVEN_NAMES: "given names|given name|first name|first names|forenames|secondary identifier|prenoms|prenom|"
    "nombres|nombre|vornamen|vorname|nome|nomi|nomes|nomes proprios|voornamen|fornamn|fornavn|etunimet|imiona|imie|"
    "jmeno|jmena|meno|ime|utonev|utonevei|prenume|adi|eesnimed|eesnimi|vards|vardi|vardas|emri|isem|reamhainm|"
    "given names and surname",
    Field.NAME: "name|names|full name|name of bearer|nama|nama lengkap|ho va ten|nom et prenoms",
    Field.NUMBER: "passport no|passport number|document no|document number|card no|card number|visa no|visa number|"
    "identity card no|passeport n|no du passeport|n du document|n de carte|n de visa|no de carte|numero de documento|"
    "pasaporte n|pasaporte no|no de pasaporte|passaporte n|passaporto n|passnr|pass nr|reisepass nr|ausweisnummer|"
    "dokumentnr|dokument nr|nr paszportu|cislo pasu|cislo dokladu|pasaport no|seri no|paspoortnummer|"
    "documentnummer|passnummer|passi nro|passi nr|numar pasaport|pases nr|paso nr|broj putovnice|broj pasosa|"
    "utlevel szama|no paspor|so ho chieu|numer dokumentu|numero passaporto|dni num|idesp",
    Field.PERSONAL_NUMBER: "personal no|personal number|n personnel|no personnel|national id no|identity number|"
    "personal identification number|personal code|code personnel|numero personal|no personal|personnummer|"
    "persoonsnummer|pesel|rodne cislo|isikukood|asmens kodas|personas kods|oib|kimlik no|tc kimlik no|"
    "codigo personal|personenkennzahl|henkilotunnus|fodselsnummer|citizenship no|bsn|codice fiscale",
    Field.BIRTH_DATE: "date of birth|birth date|dob|date de naissance|naissance|ne le|nee le|fecha de nacimiento|"
    "geburtsdatum|geburtstag|geboren am|data di nascita|data de nascimento|geboortedatum|fodelsedatum|fodelsetid|"
    "fodselsdato|syntymaaika|data urodzenia|datum narozeni|datum narodenia|datum rodenja|datum rojstva|"
    "szuletesi ido|data nasterii|dogum tarihi|sunniaeg|dzimsanas datums|gimimo data|datelindja|tanggal lahir|"
    "ngay sinh|tarikh lahir|data tat twelid|data breith",
    Field.SEX: "sex|sexe|sexo|geschlecht|sesso|geslacht|kon|kjonn|sukupuoli|plec|pohlavi|pohlavie|spol|nem|sexul|"
    "cinsiyet|cinsiyeti|sugu|dzimums|lytis|gjinia|jenis kelamin|gioi tinh|jantina|gender|genre",
    Field.EXPIRY_DATE: "date of expiry|expiry date|expiry|expiration|date of expiration|expiration date|expires|"
    "valid until|valid to|until|date d expiration|date d expiree|expire le|valable jusqu au|au|"
    "fecha de caducidad|fecha de vencimiento|fecha de expiracion|valido hasta|validez|gultig bis|gueltig bis|"
    "data di scadenza|scadenza|data de validade|valido ate|validade|geldig tot|giltig till|giltighetstid|"
    "gyldig til|utlopsdato|viimeinen voimassaolopaiva|voimassa|data waznosci|termin waznosci|datum platnosti|"
    "platnost do|platnost|vrijedi do|datum isteka|velja do|datum izteka|lejarat|ervenyes|data expirarii|"
    "son gecerlilik tarihi|gecerlilik tarihi|kehtiv kuni|deriga lidz|galioja iki|date e skadimit|"
    "tanggal habis berlaku|co gia tri den|tarikh tamat|date of expiry date d expiration",
    Field.ISSUE_DATE: "date of issue|issue date|issued|issued on|valid from|date de delivrance|delivre le|"
    "valable du|fecha de expedicion|fecha de emision|ausstellungsdatum|datum der ausstellung|ausgestellt am|"
    "data di rilascio|data de emissao|datum van afgifte|datum van uitgifte|utfardandedatum|utstedelsesdato|"
    "udstedelsesdato|myonnetty|data wydania|datum vydani|datum vydania|datum izdavanja|datum izdaje|kiallitas|"
    "data eliberarii|verilis tarihi|duzenleme tarihi|valjaandmise kuupaev|izdosanas datums|isdavimo data|"
    "tanggal pengeluaran|ngay cap|tarikh dikeluarkan|date e leshimit",
    Field.NATIONALITY: "nationality|nationalite|nacionalidad|staatsangehorigkeit|cittadinanza|nazionalita|"
    "nacionalidade|nationaliteit|nationalitet|medborgarskap|statsborgerskap|kansalaisuus|obywatelstwo|"
    "statni obcanstvi|statna prislusnost|drzavljanstvo|allampolgarsag|cetatenia|cetatenie|uyrugu|kodakondsus|"
    "pilsoniba|pilietybe|shtetesia|kewarganegaraan|quoc tich|warganegara|citizenship",
    Field.ISSUER: "code|code of issuing state|country code|code of state|issuing state|code du pays|"
    "code de l etat emetteur|codigo|codigo del pais|codice paese|kod kraju|kod statu|landcode|landskod|"
    "code of issuing country|ulke kodu|kode negara|ma quoc gia|maakood|riigi kood|valsts kods",
    Field.DOCUMENT_CODE: "type|type type|typ|tipo|tip|tipi|tur|turu|soort|laji|tyyppi|tipas|veids|liik|jenis|loai|"
    "type of document|tuup",
    Field.OTHER: "place of birth|lieu de naissance|lugar de nacimiento|geburtsort|luogo di nascita|"
    "local de nascimento|naturalidade|geboorteplaats|fodelseort|fodested|fodselssted|syntymapaikka|"
    "miejsce urodzenia|misto narozeni|miesto narodenia|mjesto rodenja|szuletesi hely|locul nasterii|dogum yeri|"
    "tempat lahir|noi sinh|authority|autorite|autoridad|behorde|autorita|autoridade|autoriteit|myndighet|"
    "viranomainen|organ wydajacy|issuing authority|issued by|height|taille|estatura|grosse|statura|altura|lengte|"
    "place of issue|lieu de delivrance|signature|signature of bearer|signature du titulaire|firma|unterschrift|"
    "holder s signature|eye colour|colour of eyes|couleur des yeux|augenfarbe|address|adresse|domicilio|residence|"
    "domicile|wohnort|passport|passeport|pasaporte|passaporto|passaporte|reisepass|paspoort|"
    "identity card|identity|visa|"
    "carte d identite|personalausweis|residence permit|remarks|observations|entries|entrees|"
    "number of entries|nombre d entrees|duration of stay|"
    "profession|occupation|father s name|mother s name|name of father|name of mother|nom d usage|can|religion|"
    "maiden name|name at birth|birth name|geburtsname|place|lieu",
}
_LEAST_FUZZY = 5
"""Shorter labels have to be read without a fault."""
_FAULTS = 0.2
"""Share of a label's letters that may be misread, missing or too many."""
_MOST_DIGITS = 2
"""Labels may be numbered, but have no more digits than so."""
_LEAST_END = 3
"""Letters of a label that is known by its place at the beginning of a line."""
_PIECE = 0.19
"""What a piece of a label counts as."""
_LEAST_PART = 0.55
"""Share of a label that is enough of it, where its beginning or its end is what was read."""


@lru_cache(maxsize=4096)
def label_of(text: str) -> Field | None:
    """The field that a line labels; None where it is no label that is known."""
    if sum(char.isdigit() for char in text) > _MOST_DIGITS:
        return None
    found = [best for part in _parts(text) if (best := _nearest(part))]
    return min(found)[1] if found else _run_together(_bare(text))


def _run_together(text: str) -> Field | None:
    """The field of two labels between which a stroke was read as a letter, as in "SexfSexe"."""
    for first, field in _table():
        if len(first) >= _LEAST_END and text.startswith(first):
            for second, other in _table():
                if other is field and text.endswith(second) and 0 <= len(text) - len(first) - len(second) <= 1:
                    return field
    return None


def is_label_of(text: str, field: Field) -> bool:
    """Whether any part of the text is nearer to a label of that field than to any other."""
    return label_of(text) is field


@cache
def _table() -> tuple[tuple[str, Field], ...]:
    return tuple((_bare(label), field) for field, labels in _LABELS.items() for label in labels.split("|"))


def _parts(text: str) -> list[str]:
    text = re.sub(r"^\s*[(]?\d{1,2}[a-d]?[.):]\s*", "", text)
    parts = [_bare(part) for part in re.split(r"[/|:;·•(),]|\s-\s", text)]
    return [part for part in (*parts, _bare(text)) if len(part) >= 2]


def _nearest(part: str) -> tuple[float, Field] | None:
    best: tuple[float, Field] | None = None
    for label, field in _table():
        if part == label:
            return (0.0, field)
        share = _faults(part, label)
        if share < _FAULTS and (best is None or share < best[0]):
            best = (share, field)
    return best


def _faults(part: str, label: str) -> float:
    """Share of the label that is wrong; 1 where it is not near."""
    if len(label) < _LEAST_FUZZY or len(part) < _LEAST_FUZZY:
        return 1.0
    if abs(len(part) - len(label)) > _FAULTS * len(label):
        longer, shorter = (label, part) if len(label) > len(part) else (part, label)
        whole = len(shorter) >= max(_LEAST_FUZZY + 2, _LEAST_PART * len(longer))
        return _PIECE if whole and (longer.endswith(shorter) or longer.startswith(shorter)) else 1.0
    return distance(part, label) / len(label)


def distance(one: str, other: str) -> int:
    """Characters to change, add or leave out to make one text the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for index, char in enumerate(one):
        above, row[0] = row[0], index + 1
        for column, wanted in enumerate(other):
            above, row[column + 1] = (
                row[column + 1],
                min(row[column + 1] + 1, row[column] + 1, above + (char != wanted)),
            )
    return row[-1]


def _bare(text: str) -> str:
    """Letters without marks and case, nothing else."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalpha() and char.isascii())
