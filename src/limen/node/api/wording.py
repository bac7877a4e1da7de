"""What the interface says of each field of a report: a sentence, and an example of nobody.

The sentences are for programmers, and in English alone, as the OpenAPI document is.
"""

from __future__ import annotations

FIELDS: dict[str, tuple[str, object]] = {
    "issuer": ("Issuing State or organization: three-letter code of Doc 9303-3, section 5.", "UTO"),
    "category": ("Kind of document: code of the terms `document_category`.", "passport"),
    "document_type": ("The document's code, as in its machine readable zone.", "P"),
    "model_name": ("Model or series of the document, as the issuer or a reference library calls it.", "2019 series"),
    "model_year": ("Year in which the model was introduced.", 2019),
    "fraud_class": ("Class of fraud: code of the terms `fraud_class`.", "counterfeit"),
    "method": ("Principal method: code of the terms `method`.", "photo_substitution"),
    "other_methods": ("Further methods: codes of the terms `method`.", ["chip_replaced"]),
    "detected_on": ("Day of detection; today where it is not given.", "2026-11-02"),
    "detection_country": ("Country of detection, three letters; the agency's own where it is not given.", "UTO"),
    "place": ("Place of detection: UN/LOCODE; IATA codes are understood.", "THBKK"),
    "setting": ("Where in the journey: code of the terms `detection_setting`.", "arrival"),
    "line": ("Line of inspection, 1 to 3.", 1),
    "means": ("What it was detected by: codes of the terms `detection_means`.", ["light"]),
    "nationality_claimed": ("Nationality that the bearer claims: three-letter code.", "UTO"),
    "nationality_established": ("Nationality that was established: three-letter code.", "UTO"),
    "sex": ("Sex: code of the terms `sex`.", "F"),
    "age_band": ("Age band: code of the terms `age_band`.", "25_34"),
    "facilitated": ("Whether somebody facilitated it: code of the terms `facilitated`.", "unknown"),
    "summary": (
        "What was found. Everybody who sees the report reads this: no names, no numbers.",
        "Portrait replaced.",
    ),
    "price": ("Price that the bearer paid, with at most two decimals.", "4500.00"),
    "currency": ("Currency of the price, three letters (ISO 4217).", "USD"),
    "supply_country": ("Country where the document was supplied: three-letter code.", "UTO"),
    "supply_place": ("Place where the document was supplied.", "Old market"),
    "companions": ("Other documents that were carried along.", [{"category": "visa", "issuer": "UTO", "note": ""}]),
    "outcome": ("What came of it: code of the terms `outcome`.", "entry_refused"),
    "source_reliability": ("Reliability of the source, A to F (Admiralty code).", "B"),
    "information_credibility": ("Credibility of the information, 1 to 6 (Admiralty code).", "2"),
    "number": ("Class 1. Number of the document.", "L898902C3"),
    "series": ("Class 1. Series of the document.", "L"),
    "personal_number": ("Class 1. Personal number in the document.", "ZE184226B"),
    "mrz": (
        "Class 1. Machine readable zone, lines separated by a line feed.",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    ),
    "issued_on": ("Class 1. Date of issue.", "2019-04-15"),
    "expires_on": ("Class 1. Date of expiry.", "2029-04-14"),
    "surname": ("Class 2. Surname as in the document.", "ERIKSSON"),
    "given_names": ("Class 2. Given names as in the document.", "ANNA MARIA"),
    "birth_date": ("Class 2. Date of birth; day, or month and day, may be left out.", "1974-08-12"),
    "established_name": ("Class 2. Name that was established.", ""),
    "facilitator": ("Class 2. What is known of the facilitator.", ""),
    "narrative": ("Class 2. What happened, in full.", ""),
}

LEG = {
    "role": ("What the stop was to the traveller: code of the terms `leg_role`.", "embarkation"),
    "country": ("Country: three-letter code.", "UTO"),
    "place": ("Place: UN/LOCODE; IATA codes are understood.", "THBKK"),
    "carrier": ("Carrier: its code.", "TG"),
    "service": ("Flight, train or ship.", "TG600"),
    "on": ("Day.", "2026-11-02"),
}

COMPANION = {
    "category": ("Kind of document: code of the terms `document_category`.", "visa"),
    "issuer": ("Issuer: three-letter code.", "UTO"),
    "note": ("What is to be said of it; no names, no numbers.", ""),
}
