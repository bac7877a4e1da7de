"""Where the invented reports happen, and how often: places, routes, issuers, methods, as weights.

The codes are real ones, so that maps, searches and translations have something to work with. The figures are invented;
they say nothing of any country, carrier or document.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Post(NamedTuple):
    """Where documents are examined, and how people come there."""

    place: str
    weight: float
    mode: str = "air"


POSTS: Final[dict[str, tuple[Post, ...]]] = {
    "THA": (
        Post("THBKK", 46), Post("THDMK", 12), Post("THHKT", 9), Post("THCNX", 3), Post("TH0AP", 9, "road"),
        Post("TH0SD", 7, "road"), Post("TH0NK", 6, "road"), Post("TH0MS", 4, "road"), Post("TH0MT", 4, "road"),
    ),
    "VNM": (
        Post("VNSGN", 40), Post("VNHAN", 32), Post("VNDAD", 10), Post("VN0MB", 8, "road"), Post("VN0LB", 5, "road"),
        Post("VN0HN", 5, "road"),
    ),
    "LKA": (Post("LKCMB", 94), Post("LKHRI", 3), Post("LK0TM", 3, "sea")),
    "IDN": (Post("IDCGK", 52), Post("IDDPS", 26), Post("IDSUB", 9), Post("ID0BC", 8, "sea"), Post("ID0EN", 5, "road")),
    "MYS": (
        Post("MYKUL", 60), Post("MYPEN", 8), Post("MYBKI", 7), Post("MY0JB", 12, "road"), Post("MY0BH", 7, "road"),
        Post("MY0PB", 6, "rail"),
    ),
    "KHM": (Post("KHKTI", 56), Post("KHSAI", 20), Post("KH0PP", 14, "road"), Post("KH0BV", 10, "road")),
    "LAO": (Post("LAVTE", 55), Post("LALPQ", 12), Post("LA0VT", 19, "road"), Post("LA0SV", 8, "road"),
            Post("LA0BT", 6, "rail")),
    "AUS": (Post("AUSYD", 45), Post("AUMEL", 29), Post("AUBNE", 14), Post("AUPER", 12)),
    "PHL": (Post("PHMNL", 78), Post("PHCEB", 15), Post("PHCRK", 7)),
    "SGP": (Post("SGSIN", 80), Post("SG0WD", 14, "road"), Post("SG0TM", 6, "sea")),
}  # fmt: skip
"""Posts of each country of detection; by air unless it says otherwise."""


class Airport(NamedTuple):
    """Where a journey begins, changes or ends."""

    place: str
    country: str
    weight: float
    carriers: tuple[str, ...]


ORIGINS: Final = (
    Airport("AEDXB", "ARE", 11, ("EK", "FZ")), Airport("QADOH", "QAT", 9, ("QR",)), Airport("TRIST", "TUR", 9, ("TK",)),
    Airport("INDEL", "IND", 7, ("AI", "6E")), Airport("INMAA", "IND", 4, ("AI", "UL")),
    Airport("BDDAC", "BGD", 5, ("BG", "BS")), Airport("NPKTM", "NPL", 4, ("RA",)), Airport("LKCMB", "LKA", 6, ("UL",)),
    Airport("MYKUL", "MYS", 8, ("MH", "AK", "OD")), Airport("SGSIN", "SGP", 6, ("SQ", "TR")),
    Airport("THBKK", "THA", 8, ("TG", "FD", "PG")), Airport("VNSGN", "VNM", 5, ("VN", "VJ")),
    Airport("IDCGK", "IDN", 5, ("GA", "ID")), Airport("PHMNL", "PHL", 4, ("PR", "5J")),
    Airport("HKHKG", "HKG", 5, ("CX", "UO")), Airport("ETADD", "ETH", 4, ("ET",)), Airport("KENBO", "KEN", 3, ("KQ",)),
    Airport("EGCAI", "EGY", 3, ("MS",)), Airport("MMRGN", "MMR", 3, ("8M",)), Airport("TWTPE", "TWN", 3, ("BR", "CI")),
)  # fmt: skip

HUBS: Final = tuple(airport for airport in ORIGINS if airport.place in {"AEDXB", "QADOH", "MYKUL", "SGSIN", "THBKK"})

FINALS: Final = (
    Airport("AUSYD", "AUS", 20, ("QF",)), Airport("CAYVR", "CAN", 12, ("AC",)), Airport("CAYYZ", "CAN", 9, ("AC",)),
    Airport("GBLHR", "GBR", 13, ("BA",)), Airport("DEFRA", "D", 10, ("LH",)), Airport("FRCDG", "FRA", 7, ("AF",)),
    Airport("NLAMS", "NLD", 5, ("KL",)), Airport("ITFCO", "ITA", 5, ("AZ",)), Airport("JPNRT", "JPN", 7, ("JL", "NH")),
    Airport("KRICN", "KOR", 6, ("KE", "OZ")), Airport("NZAKL", "NZL", 5, ("NZ",)), Airport("USLAX", "USA", 6, ("UA",)),
)  # fmt: skip

GENERIC: Final = {"road": ("BUS", "CAR", "FOOT"), "rail": ("TRAIN",), "sea": ("FERRY", "BOAT")}
"""Carriers of those who do not come by air."""

BESIDE: Final = {
    "THA": "LAO MYS KHM", "VNM": "KHM LAO", "LKA": "IND", "IDN": "MYS SGP", "MYS": "THA SGP", "KHM": "THA VNM",
    "LAO": "THA VNM", "AUS": "NZL", "PHL": "MYS", "SGP": "MYS",
}  # fmt: skip
"""From where people come over land or by ferry."""

ISSUERS: Final[dict[str, float]] = {
    "UTO": 3.0, "FRA": 4, "ITA": 4, "ESP": 3.5, "GBR": 4, "D": 3.5, "NLD": 2.5, "BEL": 2.5, "PRT": 2.5, "GRC": 2.5,
    "POL": 2.5, "ROU": 2, "BGR": 2, "SWE": 2, "TUR": 2.5, "ZAF": 2.5, "CAN": 3, "USA": 3.5, "AUS": 2.5, "NZL": 1.5,
    "JPN": 2.5, "KOR": 2.5, "CHN": 2.5, "HKG": 2, "TWN": 2, "SGP": 2, "MYS": 2.5, "THA": 2.5, "VNM": 2.5, "IDN": 2.5,
    "PHL": 2.5, "IND": 2.5, "BGD": 2, "LKA": 2.5, "NPL": 2, "PAK": 2, "MMR": 2, "KHM": 2, "LAO": 1.5, "IRN": 1.5,
    "NGA": 1.5, "GHA": 1.5, "SEN": 1.5, "KEN": 1.5, "BRA": 1.5, "MEX": 1.5, "EUE": 0.4, "UNO": 0.3,
}  # fmt: skip

CATEGORIES: Final[dict[str, tuple[float, str]]] = {
    "passport": (60, "P"), "visa_label": (12, "V"), "identity_card": (7, "ID"), "residence_permit": (7, "AR"),
    "official_passport": (1.5, "PD"), "emergency_travel_document": (2, "PU"), "convention_travel_document": (1.5, "PT"),
    "border_pass": (3, ""), "seafarer_document": (1.5, ""), "supporting_document": (2, ""), "border_stamp": (2.5, ""),
}  # fmt: skip
"""Weight, and a document code of the kind."""

CLASSES: Final[dict[str, dict[str, float]]] = {
    "passport": {"counterfeit": 25, "forgery": 31, "pseudo_document": 3, "fraudulently_obtained": 12, "impostor": 29},
    "visa_label": {"counterfeit": 52, "forgery": 34, "fraudulently_obtained": 14},
    "border_stamp": {"counterfeit": 88, "forgery": 12},
    "supporting_document": {"counterfeit": 70, "forgery": 30},
    "": {"counterfeit": 48, "forgery": 24, "pseudo_document": 5, "fraudulently_obtained": 8, "impostor": 15},
}
"""Classes of fraud for each kind of document; the last for those not named."""

CARDS: Final = frozenset({"identity_card", "residence_permit", "seafarer_document", "border_pass"})
"""Kinds of document that have no pages to exchange."""

METHODS: Final[dict[tuple[str, str], dict[str, float]]] = {
    ("counterfeit", "visa_label"): {"visa_counterfeit": 1},
    ("counterfeit", "residence_permit"): {"permit_counterfeit": 1},
    ("counterfeit", "border_stamp"): {"stamp_counterfeit": 1},
    ("counterfeit", "supporting_document"): {"supporting_counterfeit": 1},
    ("counterfeit", ""): {"whole_counterfeit": 52, "data_page_counterfeit": 42, "chip_data_false": 4, "chip_cloned": 2},
    ("forgery", "visa_label"): {"visa_altered": 55, "visa_transferred": 27, "washed": 18},
    ("forgery", "border_stamp"): {"stamp_altered": 1},
    ("counterfeit", "card"): {"whole_counterfeit": 1},
    ("forgery", "card"): {
        "photo_substitution": 40, "altered_data": 34, "image_altered": 14, "stolen_blank": 8, "validity_altered": 4,
    },
    ("forgery", ""): {
        "photo_substitution": 30, "altered_data": 22, "data_page_substitution": 13, "image_altered": 6,
        "page_substitution": 8, "visa_page_substitution": 4, "page_removed": 6, "stolen_blank": 6,
        "validity_altered": 3, "chip_disabled": 2,
    },
    ("pseudo_document", ""): {"fantasy": 62, "camouflage": 38},
    ("fraudulently_obtained", "visa_label"): {"visa_fraudulently_obtained": 78, "false_statement": 22},
    ("fraudulently_obtained", ""): {"breeder_used": 38, "false_statement": 24, "identity_taken_over": 21, "morph": 17},
    ("impostor", ""): {"look_alike": 68, "lost_or_stolen": 19, "pass_swap": 6, "revoked": 4, "altered_appearance": 3},
}  # fmt: skip
"""Methods by class of fraud and kind of document; `card` for all cards, without a kind for those not named."""

MEANS: Final[dict[str, tuple[str, ...]]] = {
    "counterfeit": ("light", "reader", "examination", "chip"),
    "forgery": ("light", "reader", "examination", "interview"),
    "pseudo_document": ("reader", "interview", "database"),
    "fraudulently_obtained": ("interview", "database", "fingerprint", "intelligence"),
    "impostor": ("face", "interview", "fingerprint", "intelligence"),
}

OUTCOMES: Final[dict[str, dict[str, float]]] = {
    "arrival": {"entry_refused": 58, "detained": 16, "returned": 12, "protection": 6, "pending": 5, "prosecuted": 3},
    "departure": {"departure_prevented": 62, "detained": 16, "prosecuted": 9, "document_seized": 8, "pending": 5},
    "transit": {"returned": 44, "detained": 22, "departure_prevented": 22, "protection": 7, "pending": 5},
    "visa_office": {"application_refused": 84, "document_seized": 9, "pending": 7},
    "inland": {"document_seized": 34, "detained": 28, "prosecuted": 20, "fined": 10, "pending": 8},
}
SETTINGS: Final = {"arrival": 58, "departure": 21, "transit": 12, "visa_office": 4, "inland": 5}
AGES: Final = {"under_12": 2, "12_17": 4, "18_24": 24, "25_34": 39, "35_44": 19, "45_59": 9, "60_over": 2, "unknown": 1}
YEARS: Final = {
    "under_12": (1, 11), "12_17": (12, 17), "18_24": (18, 24), "25_34": (25, 34), "35_44": (35, 44), "45_59": (45, 59),
    "60_over": (60, 78), "unknown": (20, 50),
}  # fmt: skip
CURRENCIES: Final = (("USD", 500, 9000), ("EUR", 500, 8000), ("THB", 15_000, 300_000), ("MYR", 2_000, 35_000))
SUPPLIERS: Final = ("THA", "MYS", "TUR", "ARE", "IND", "GRC", "UTO")
SUPPLY_PLACES: Final = ("a travel agency", "by messenger and post", "a hotel near the station", "a market stall", "")
SEASON: Final = (1.18, 0.94, 1.0, 1.12, 0.86, 0.84, 1.06, 1.1, 0.84, 0.9, 1.0, 1.26)
"""By month: holidays and their return journeys bring more travellers, and more examinations."""
GROWTH: Final = 0.24
"""Rate a year, as agencies join and counters report more."""
