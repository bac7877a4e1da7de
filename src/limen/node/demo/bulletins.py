"""What the alerts of the demonstration say. Nobody and nothing in them is real; the documents are of Utopia."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from limen.node.demo.stories import LABEL_MODEL, OUTBREAK_MODEL


class Bulletin(NamedTuple):
    """An alert: what is typed into its form, the points with the light whose picture shows them, who signs."""

    author: str
    second: str
    days: tuple[int, int]
    """From how many days ago it holds, and until how many days from now; below zero it has lapsed."""
    fields: dict[str, Any]
    points: tuple[dict[str, str], ...]
    """`picture`: "white" or "uv" and the number of the marked place, as "white#1"; it may be missing."""


_REFER: Final = (
    "Refer bearer and document to second line and name this alert. A hit proves nothing by itself. "
    "The bearer may be a victim: ask whether they need help before you ask anything else."
)
_ROUTE: Final = "Colombo, Kuala Lumpur, Bangkok, Sydney"
_PASSPORT: Final[dict[str, Any]] = {
    "issuers": ["UTO"],
    "category": "passport",
    "model_name": OUTBREAK_MODEL[0],
    "model_year": OUTBREAK_MODEL[1],
    "fraud_class": "counterfeit",
    "methods": ["whole_counterfeit"],
    "action": _REFER,
}
_VISA: Final[dict[str, Any]] = {
    "issuers": ["UTO"],
    "category": "visa_label",
    "model_name": LABEL_MODEL[0],
    "model_year": LABEL_MODEL[1],
    "fraud_class": "forgery",
    "methods": ["visa_altered", "washed"],
    "action": _REFER,
}

FIRST_WORD = Bulletin(
    "analyst@thailand",
    "coordinator@thailand",
    (40, 50),
    _PASSPORT
    | {
        "title": "Utopian passport of 2021: the title is printed twice",
        "urgency": 2,
        "countries": ["THA", "MYS"],
        "places": ["THBKK", "MYKUL"],
        "summary": "Some passports with the same printing fault were found at Bangkok and Kuala Lumpur. "
        "Whether they come from one workshop is not known yet.",
    },
    ({"look": "Title PASSPORT", "light": "white", "right": "one sharp line", "wrong": "a shadow beside each letter"},),
)
"""The first alert of the outbreak, which the next one replaces."""

OUTBREAK = Bulletin(
    "analyst@thailand",
    "coordinator@thailand",
    (9, 120),
    _PASSPORT
    | {
        "title": "Utopian passport of 2021: counterfeit with doubled title and broken rosette",
        "urgency": 3,
        "countries": ["LKA", "MYS", "THA", "AUS"],
        "places": ["LKCMB", "MYKUL", "THBKK", "AUSYD"],
        "route": _ROUTE,
        "summary": "One counterfeit of this passport turns up more often each week along one route. Every copy has the "
        "same fault, so it comes from one workshop. It passes a look at the machine readable zone.",
    },
    (
        {
            "look": "Title PASSPORT, upper right",
            "light": "white",
            "right": "one sharp line",
            "wrong": "printed twice, half a millimetre apart",
            "picture": "white#1",
        },
        {
            "look": "Rosette left of the word UTOPIA",
            "light": "white",
            "right": "closed all round",
            "wrong": "its lower left quarter is missing",
            "picture": "white#2",
        },
        {
            "look": "Whole page under ultraviolet light",
            "light": "uv",
            "right": "dark paper, red rosette, coloured fibres",
            "wrong": "the paper shines, and nothing is printed in it",
            "picture": "uv#1",
        },
    ),
)

LABEL = Bulletin(
    "examiner@vietnam",
    "coordinator@vietnam",
    (6, 90),
    _VISA
    | {
        "title": "Utopian visa label of 2024: dates washed out and printed over",
        "urgency": 2,
        "countries": ["LAO", "VNM"],
        "places": ["LAVTE", "VNHAN"],
        "route": "Vientiane, Hanoi",
        "summary": "True labels whose validity has ended are washed and given new dates. Shown so far at the visa "
        "office in Vientiane and at the airport of Hanoi only.",
    },
    (
        {
            "look": "Line work around the dates of validity",
            "light": "white",
            "right": "runs through without a gap",
            "wrong": "pale or gone, as if wiped",
            "picture": "white#1",
        },
        {
            "look": "The same place under ultraviolet light",
            "light": "uv",
            "right": "as dark as the paper around it",
            "wrong": "the paper glows where the solvent was",
            "picture": "uv#1",
        },
    ),
)

LAPSED = Bulletin(
    "examiner@srilanka",
    "coordinator@srilanka",
    (120, -20),
    {
        "title": "Entry stamps of Utopia with a wrong letter",
        "urgency": 1,
        "issuers": ["UTO"],
        "category": "border_stamp",
        "fraud_class": "counterfeit",
        "methods": ["stamp_counterfeit"],
        "countries": ["LKA"],
        "places": ["LKCMB"],
        "summary": "Stamps of the port of New Harbour were seen whose R has no foot. None was reported since.",
        "action": _REFER,
    },
    ({"look": "Letter R in HARBOUR", "light": "magnified", "right": "with a foot", "wrong": "straight leg, no foot"},),
)

WAITING = Bulletin(
    "examiner2@thailand",
    "",
    (0, 60),
    {
        "title": "แผ่นปะตรวจลงตราของยูโทเปียรุ่นปี 2024: ล้างวันที่แล้วพิมพ์ทับ",
        "urgency": 2,
        "language": "th",
        "issuers": ["UTO"],
        "category": "visa_label",
        "model_name": LABEL_MODEL[0],
        "model_year": LABEL_MODEL[1],
        "fraud_class": "forgery",
        "methods": ["visa_altered", "washed"],
        "countries": ["THA"],
        "places": ["TH0NK", "THBKK"],
        "summary": "ฮานอยและเวียงจันทน์แจ้งพบแผ่นปะตรวจลงตราที่ถูกล้างวันที่ ยังไม่พบในประเทศไทย ขอให้ด่านที่รับผู้เดินทางจากลาวตรวจดูเป็นพิเศษ",
        "action": "ส่งตัวผู้ถือและเอกสารไปยังด่านตรวจที่สอง แล้วแจ้งหมายเลขประกาศเตือนนี้ การตรงกับประกาศเตือนไม่ใช่ข้อพิสูจน์ "
        "ผู้ถืออาจเป็นผู้เสียหาย โปรดถามก่อนว่าต้องการความช่วยเหลือหรือไม่",
    },
    ({"look": "ลายเส้นรอบวันที่", "light": "uv", "right": "มืดเท่ากระดาษรอบข้าง", "wrong": "กระดาษเรืองแสงตรงที่ถูกล้าง"},),
)
"""A draft that waits for a second person."""
