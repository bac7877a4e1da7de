"""What the case studies of the demonstration say, and the specimens that the smaller ones show.

Six are of methods that have nothing to do with the stories, so that there is something to practise with.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from limen.node.demo.exhibiting import Place, Scene
from limen.node.demo.picturing import ROSETTE, TITLE
from limen.node.demo.stories import LABEL_MODEL, OUTBREAK_MODEL

UV_ROSETTE: Final = (50.0, 9.0, 57.0, 56.0)
UV_LETTERS: Final = (33.0, 13.0, 20.0, 9.0)
FREE_GROUND: Final = (96.0, 28.0, 24.0, 26.0)


class Step(NamedTuple):
    """A step: what was done, in which light, by which means, and where: "white#1" is the first place marked there."""

    text: str
    light: str = ""
    tool: str = ""
    place: str = ""


class Lesson(NamedTuple):
    """A case study."""

    author: str
    second: str
    days: int
    """How many days ago it was released."""
    fields: dict[str, Any]
    steps: tuple[Step, ...]
    captions: dict[str, str]
    """By light, and of the reference."""


def outbreak_scene(seed: int) -> Scene:
    """What is marked on the passport of the outbreak that was drawn from this seed."""
    return Scene(
        "passport",
        seed,
        {
            "white": (
                Place(TITLE, "printing", "The title is printed twice.", 0.4),
                Place(ROSETTE, "background", "A quarter of the rosette is missing."),
            ),
            "uv": (Place(UV_ROSETTE, "uv_reaction", "Shining paper, and no fluorescent print.", 0.0),),
        },
    )


def label_scene(seed: int) -> Scene:
    """The same of the visa label: its reports mark what the solvent did."""
    return Scene("visa_label", seed, {"white": (), "uv": ()})


OUTBREAK: Final = Lesson(
    "examiner@thailand",
    "coordinator@thailand",
    7,
    {
        "title": "A doubled title and a broken rosette: one workshop behind four countries' reports",
        "issuer": "UTO",
        "category": "passport",
        "model_name": OUTBREAK_MODEL[0],
        "model_year": OUTBREAK_MODEL[1],
        "fraud_class": "counterfeit",
        "methods": ["whole_counterfeit"],
        "difficulty": 1,
        "features": "The title PASSPORT is printed twice, half a millimetre apart.\n"
        "The lower left quarter of the rosette is missing.\n"
        "The paper shines under ultraviolet light, and the fluorescent print is missing.",
        "lesson": "A fault that comes again is a signature. One passport with a shadow in its title is a bad print; "
        "four with the same shadow are one workshop. Report the fault in the same words each time, mark it on the "
        "picture, and the next counter finds it in seconds.",
    },
    (
        Step("The machine readable zone read without an objection, so the reader passed it.", tool="reader"),
        Step("Under white light the title had a shadow that no print run has.", "white", "light", "white#1"),
        Step("Beside the reference the gap in the rosette was plain.", "white", "examination", "white#2"),
        Step("Ultraviolet light settled it: office paper, nothing printed in it.", "uv", "light", "uv#1"),
        Step("A search for issuer and method showed the same words in reports from Colombo, Kuala Lumpur and Sydney.",
             tool="database"),
    ),
    {
        "white": "Counterfeit in white light.",
        "uv": "Counterfeit under ultraviolet light.",
        "reference": "The same model as issued.",
    },
)  # fmt: skip

LABEL: Final = Lesson(
    "examiner@vietnam",
    "coordinator@vietnam",
    4,
    {
        "title": "Thị thực bị tẩy ngày: nhìn nền quanh ngày tháng, không nhìn con số",
        "language": "vi",
        "issuer": "UTO",
        "category": "visa_label",
        "model_name": LABEL_MODEL[0],
        "model_year": LABEL_MODEL[1],
        "fraud_class": "forgery",
        "methods": ["visa_altered", "washed"],
        "difficulty": 2,
        "features": "Hoa văn nền quanh ngày cấp và ngày hết hạn bị mất.\n"
        "Dưới tia cực tím, giấy phát sáng ở chỗ có dung môi.",
        "lesson": "Nhãn thị thực là thật nên vùng đọc máy, giấy và hình in huỳnh quang đều đúng. Chỉ chỗ ngày tháng là "
        "sai. Khi thời hạn dài hơn thường lệ, hãy so nền quanh ngày tháng với phần còn lại của nhãn dưới cả hai loại "
        "ánh sáng.",
    },
    (
        Step("Thời hạn dài hơn thời hạn mà cơ quan cấp thường cấp, nên cán bộ hỏi thêm.", tool="interview"),
        Step("Dưới ánh sáng trắng, hoa văn nền quanh ngày tháng bị nhạt hoặc mất.", "white", "light", "white#1"),
        Step("Dưới tia cực tím, chính chỗ đó phát sáng.", "uv", "light", "uv#1"),
        Step("So với mẫu đối chiếu bằng thanh trượt, chỉ chỗ ngày tháng khác.", "white", "examination", "white#1"),
    ),
    {
        "white": "Nhãn bị tẩy, dưới ánh sáng trắng.",
        "uv": "Nhãn bị tẩy, dưới tia cực tím.",
        "reference": "Cùng mẫu, như khi được cấp.",
    },
)

_PASSPORT: Final = {"issuer": "UTO", "category": "passport"}
_AS_ISSUED: Final = "The same document as issued."

SMALLER: Final[dict[str, tuple[Lesson, Scene]]] = {
    "photograph": (
        Lesson(
            "examiner@thailand",
            "coordinator@thailand",
            60,
            _PASSPORT
            | {
                "title": "ภาพถ่ายที่ติดทับ: ดูขอบภาพ ไม่ใช่ดูหน้า",
                "language": "th",
                "fraud_class": "forgery",
                "methods": ["photo_substitution"],
                "difficulty": 1,
                "features": "มีขอบของภาพถ่ายใบที่สองรอบภาพถ่าย\nใต้แสงเหนือม่วง ภาพถ่ายเรืองแสงเป็นแผ่นสี่เหลี่ยม",
                "lesson": "ผู้ตรวจมักมองใบหน้าก่อน แต่ร่องรอยอยู่ที่ขอบ ให้เอียงเอกสารใต้แสงเพื่อหาขอบที่นูน แล้วดูใต้แสงเหนือม่วง "
                "กระดาษภาพถ่ายทั่วไปเรืองแสง ส่วนภาพที่พิมพ์บนหน้าข้อมูลไม่เรืองแสง",
            },
            (
                Step("มองใต้แสงขาวเห็นเส้นขอบรอบภาพถ่าย", "white", "light", "white#1"),
                Step("ใต้แสงเหนือม่วง ภาพถ่ายเรืองแสงทั้งแผ่นและบังลายที่ควรเห็น", "uv", "light", "uv#1"),
            ),
            {
                "white": "หน้าข้อมูลใต้แสงขาว ปิดบังใบหน้า",
                "uv": "หน้าข้อมูลใต้แสงเหนือม่วง",
                "reference": "เอกสารเดียวกันตามที่ออก",
            },
        ),
        Scene(
            "passport",
            611,
            {
                "white": (Place("portrait", "portrait", "ขอบของภาพถ่ายใบที่สอง"),),
                "uv": (Place("portrait", "uv_reaction", "ภาพถ่ายเรืองแสง"),),
            },
            ("substituted-portrait",),
            portrait_mm=-1.6,
        ),
    ),
    "date": (
        Lesson(
            "examiner@malaysia",
            "coordinator@malaysia",
            48,
            _PASSPORT
            | {
                "title": "A new date of expiry in almost the right letters",
                "fraud_class": "forgery",
                "methods": ["altered_data", "validity_altered"],
                "difficulty": 2,
                "features": "The date of expiry stands in other letters than the entries around it.\n"
                "Under ultraviolet light the paper glows where it was scraped.",
                "lesson": "Nothing contradicts it: the zone agrees. So do not read the entry, look at it. Compare the "
                "same letters and figures in other entries for height, weight and line.",
            },
            (
                Step(
                    "The date stood a little beside the line of the other entries.", "white", "examination", "white#1"
                ),
                Step("Ultraviolet light showed that the paper had been scraped there.", "uv", "light", "uv#1"),
            ),
            {
                "white": "Data page in white light; the date of expiry is left in sight.",
                "uv": "Data page under ultraviolet light.",
                "reference": _AS_ISSUED,
            },
        ),
        Scene(
            "passport",
            608,
            {
                "white": (Place("viz.expiry_date", "typeface", "Other letters than around it."),),
                "uv": (Place("viz.expiry_date", "erasure", "Scraped here: the paper glows."),),
            },
            ("altered-text",),
            shown=("viz.expiry_date", "viz.issue_date"),
        ),
    ),
    "paper": (
        Lesson(
            "examiner@australia",
            "coordinator@australia",
            35,
            _PASSPORT
            | {
                "title": "Office paper: a data page that shines",
                "fraud_class": "counterfeit",
                "methods": ["data_page_counterfeit"],
                "difficulty": 2,
                "features": "The whole page shines under ultraviolet light.\nThe fluorescent rosette is missing.",
                "lesson": "In white light this page is good. Two seconds under ultraviolet light are the cheapest "
                "check there is: security paper stays dark, office paper does not.",
            },
            (
                Step("Nothing was found in white light.", "white", "light"),
                Step("Under ultraviolet light the page shone, and its rosette was missing.", "uv", "light", "uv#1"),
            ),
            {"white": "Data page in white light.", "uv": "Under ultraviolet light.", "reference": _AS_ISSUED},
        ),
        Scene(
            "passport",
            623,
            {
                "white": (),
                "uv": (Place(UV_ROSETTE, "uv_reaction", "Shining paper, and no rosette.", 0.0),),
            },
            ("bright-paper", "no-uv"),
        ),
    ),
    "glow": (
        Lesson(
            "examiner@srilanka",
            "coordinator@srilanka",
            27,
            _PASSPORT
            | {
                "title": "Fluorescent print that was painted on",
                "fraud_class": "counterfeit",
                "methods": ["data_page_counterfeit"],
                "difficulty": 2,
                "features": "The fluorescent print has one colour where the model has two.\n"
                "It is soft and lies beside its place.\nThere are no coloured fibres.",
                "lesson": "That something shines is not enough. Ask what colour it has, whether its lines are sharp, "
                "and whether there are fibres around it.",
            },
            (
                Step("The page answered ultraviolet light, so a quick look passed it.", "uv", "light"),
                Step("The colour was wrong and the lines soft; no fibre shone.", "uv", "examination", "uv#1"),
                Step("The letters UTO lay beside their place.", "uv", "examination", "uv#2"),
            ),
            {"uv": "Data page under ultraviolet light.", "reference": _AS_ISSUED},
        ),
        Scene(
            "passport",
            637,
            {
                "uv": (
                    Place(UV_ROSETTE, "uv_reaction", "One colour instead of two, and soft lines.", 0.0),
                    Place(UV_LETTERS, "uv_reaction", "Beside their place.", 0.0),
                )
            },
            ("painted-uv",),
        ),
    ),
    "ground": (
        Lesson(
            "examiner@indonesia",
            "coordinator@indonesia",
            20,
            _PASSPORT
            | {
                "title": "A background that was drawn anew",
                "fraud_class": "counterfeit",
                "methods": ["whole_counterfeit"],
                "difficulty": 3,
                "features": "The lines of the background have another weight and run in other places.\n"
                "The rosette has another number of petals.\nThe title stands beside its place.",
                "lesson": "Whoever draws the background anew gets its colours and its mood right, and never its lines. "
                "Lay the reference beside it and blink: what was drawn anew jumps.",
            },
            (
                Step("Colours, paper and zone were without objection.", "white", "light"),
                Step(
                    "Blinking against the reference, the lines of the ground jumped.", "white", "examination", "white#1"
                ),
                Step("So did the rosette.", "white", "examination", "white#2"),
            ),
            {"white": "Data page in white light.", "reference": _AS_ISSUED},
        ),
        Scene(
            "passport",
            652,
            {
                "white": (
                    Place(FREE_GROUND, "background", "Lines of another weight, in other places.", 0.0),
                    Place(ROSETTE, "background", "Another rosette."),
                )
            },
            ("redrawn-background",),
        ),
    ),
    "inkjet": (
        Lesson(
            "examiner@philippines",
            "coordinator@philippines",
            12,
            _PASSPORT
            | {
                "title": "A page out of an inkjet printer",
                "fraud_class": "counterfeit",
                "methods": ["data_page_counterfeit"],
                "difficulty": 2,
                "features": "The lines of the background dissolve into dots.\nThe whole page has a cast of colour.",
                "lesson": "A scan of a true page has everything in its right place. Take the magnifier: a printed line "
                "is a line, an inkjet line is a row of dots.",
            },
            (
                Step("The page looked tired and a little green.", "white", "light"),
                Step("Enlarged, the fine lines were rows of dots.", "magnified", "examination", "white#1"),
            ),
            {"white": "Data page in white light.", "reference": _AS_ISSUED},
        ),
        Scene(
            "passport",
            666,
            {"white": (Place(FREE_GROUND, "printing", "Dots instead of lines.", 0.0),)},
            ("traced-background",),
        ),
    ),
}
