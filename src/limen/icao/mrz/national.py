"""Layouts of national documents that are none of Doc 9303's: older cards, licences, domestic passports.

Each is data; `note` says where the layout is known from and how surely. Positions were checked on published
specimens, whose check digits come out right unless the note says otherwise.
"""

from __future__ import annotations

from limen.icao.mrz.alphabet import Charset
from limen.icao.mrz.layout import CheckDigitSpec, FieldSpec, Format, Layout, Span

# The national identity card of 1988 to 2021. The composite check digit covers everything before it, also the
# letters of the name. There is no date of expiry and no nationality.
FRA_ID_1988 = Layout(
    name="FRA-ID-1988",
    format=Format.OTHER,
    line_lengths=(36, 36),
    fields=(
        FieldSpec("document_code", 0, 0, 2, title="document code"),
        FieldSpec("issuer", 0, 2, 5, Charset.LETTER, "issuing State"),
        FieldSpec("surname", 0, 5, 30, Charset.LETTER, "surname"),
        FieldSpec("office", 0, 30, 36, title="department and office of issue"),
        FieldSpec("document_number", 1, 0, 12, title="document number"),
        FieldSpec("issue_month", 1, 0, 4, Charset.DIGIT, "year and month of issue", "document_number"),
        FieldSpec("department", 1, 4, 7, title="department of issue", part_of="document_number"),
        FieldSpec("given_names", 1, 13, 27, Charset.LETTER, "given names"),
        FieldSpec("birth_date", 1, 27, 33, Charset.DIGIT, "date of birth"),
        FieldSpec("sex", 1, 34, 35, Charset.SEX, "sex"),
    ),
    check_digits=(
        CheckDigitSpec("number", 1, 12, (Span(1, 0, 12),)),
        CheckDigitSpec("birth", 1, 33, (Span(1, 27, 33),)),
        CheckDigitSpec("composite", 1, 35, (Span(0, 0, 36), Span(1, 0, 35))),
    ),
    reference="French national identity card, model 1988",
    prefixes=("IDFRA",),
    note="Sure: published specimens FRA-BO-02001 and 02002.",
)

# The licence in credit card size since 2003: a short line with the number of the blank above two lines.
CHE_DRIVING = Layout(
    name="CHE-DRIVING",
    format=Format.OTHER,
    line_lengths=(9, 30, 30),
    fields=(
        FieldSpec("document_number", 0, 0, 9, title="number of the blank and language"),
        FieldSpec("language", 0, 6, 7, Charset.LETTER, "language", "document_number"),
        FieldSpec("document_code", 1, 0, 2, title="document code"),
        FieldSpec("issuer", 1, 2, 5, Charset.LETTER, "issuing State"),
        FieldSpec("optional_data", 1, 5, 17, title="register number and version"),
        FieldSpec("birth_date", 1, 19, 25, Charset.DIGIT, "date of birth"),
        FieldSpec("name", 2, 0, 30, Charset.LETTER, "name"),
    ),
    check_digits=(),
    reference="Swiss driving licence in credit card size",
    note="Sure of the positions; it has no check digits of Doc 9303.",
)

# One line on the licence of the European model.
FRA_DRIVING = Layout(
    name="FRA-DRIVING",
    format=Format.OTHER,
    line_lengths=(30,),
    fields=(
        FieldSpec("document_code", 0, 0, 2, title="document code"),
        FieldSpec("issuer", 0, 2, 5, Charset.LETTER, "issuing State"),
        FieldSpec("document_number", 0, 5, 14, title="document number"),
        FieldSpec("expiry_date", 0, 15, 21, Charset.DIGIT, "date of expiry"),
        FieldSpec("surname", 0, 21, 29, Charset.LETTER, "surname"),
    ),
    check_digits=(
        CheckDigitSpec("number", 0, 14, (Span(0, 0, 14),)),
        CheckDigitSpec("composite", 0, 29, (Span(0, 0, 29),)),
    ),
    reference="French driving licence, model 2013",
    prefixes=("D1FRA",),
    note="Likely: both check digits of the one specimen known cover the line from its beginning.",
)

# The identity card of 1993 to 2008: TD2 of 34 characters, without a composite check digit.
SVK_ID_1993 = Layout(
    name="SVK-ID-1993",
    format=Format.OTHER,
    line_lengths=(34, 34),
    fields=(
        FieldSpec("document_code", 0, 0, 2, title="document code"),
        FieldSpec("issuer", 0, 2, 5, Charset.LETTER, "issuing State"),
        FieldSpec("name", 0, 5, 34, Charset.LETTER, "name"),
        FieldSpec("document_number", 1, 0, 9, title="document number"),
        FieldSpec("nationality", 1, 10, 13, Charset.LETTER, "nationality"),
        FieldSpec("birth_date", 1, 13, 19, Charset.DIGIT, "date of birth"),
        FieldSpec("sex", 1, 20, 21, Charset.SEX, "sex"),
        FieldSpec("expiry_date", 1, 21, 27, Charset.DIGIT, "date of expiry"),
        FieldSpec("optional_data", 1, 28, 34, title="optional data"),
    ),
    check_digits=(
        CheckDigitSpec("number", 1, 9, (Span(1, 0, 9),)),
        CheckDigitSpec("birth", 1, 19, (Span(1, 13, 19),)),
        CheckDigitSpec("expiry", 1, 27, (Span(1, 21, 27),)),
    ),
    reference="Slovak identity card before 2008",
    prefixes=("I<SVK", "IDSVK"),
    note="Likely: positions as known to several readers.",
)

# The domestic passport since 2011, in TD3. Its name is the Cyrillic one, letter by letter, with digits for
# letters that Latin lacks (see `transliteration.russian`); it has no date of expiry, and the filler in place
# of its check digit.
RUS_INTERNAL = Layout(
    name="RUS-INTERNAL",
    format=Format.OTHER,
    line_lengths=(44, 44),
    fields=(
        FieldSpec("document_code", 0, 0, 2, title="document code"),
        FieldSpec("issuer", 0, 2, 5, Charset.LETTER, "issuing State"),
        FieldSpec("name", 0, 5, 44, title="name"),
        FieldSpec("document_number", 1, 0, 9, title="document number"),
        FieldSpec("nationality", 1, 10, 13, Charset.LETTER, "nationality"),
        FieldSpec("birth_date", 1, 13, 19, Charset.DIGIT, "date of birth"),
        FieldSpec("sex", 1, 20, 21, Charset.SEX, "sex"),
        FieldSpec("optional_data", 1, 28, 42, title="last digit of the series, date and office of issue"),
        FieldSpec("issue_date", 1, 29, 35, Charset.DIGIT, "date of issue", "optional_data"),
    ),
    check_digits=(
        CheckDigitSpec("number", 1, 9, (Span(1, 0, 9),)),
        CheckDigitSpec("birth", 1, 19, (Span(1, 13, 19),)),
        CheckDigitSpec("optional", 1, 42, (Span(1, 28, 42),)),
        CheckDigitSpec("composite", 1, 43, (Span(1, 0, 10), Span(1, 13, 20), Span(1, 21, 43))),
    ),
    reference="Passport of a citizen of the Russian Federation (domestic), machine readable record",
    prefixes=("PNRUS",),
    note="Sure: a published example, all its check digits holding.",
)

NATIONAL: tuple[Layout, ...] = (FRA_ID_1988, CHE_DRIVING, FRA_DRIVING, SVK_ID_1993, RUS_INTERNAL)
