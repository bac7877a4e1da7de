"""What the invented reports say in words: summaries put together from parts, in three languages.

Everybody who sees a report reads its summary, so the parts speak of documents and never of a person.
"""

from __future__ import annotations

import random
from typing import Final

NOTICED: Final[dict[str, tuple[str, ...]]] = {
    "light": (
        "Ultraviolet light showed what the eye did not.",
        "Noticed under the magnifier at the second desk.",
        "The page was tilted and nothing changed colour.",
        "Oblique light showed edges where none belong.",
    ),
    "reader": (
        "The document reader raised an objection.",
        "The reader stopped at the machine readable zone.",
        "The page looked right, but the reader compared it with its model.",
    ),
    "chip": ("The chip did not answer as it should.", "The signature over the chip's data could not be confirmed."),
    "face": ("The face did not match the portrait.", "The gate sent the traveller to the desk after the comparison."),
    "fingerprint": ("The fingerprints belonged to an earlier application under other data.",),
    "interview": (
        "The answers did not fit the document.",
        "The journey told did not fit the stamps.",
        "The signature given at the desk was another one.",
    ),
    "database": ("A query of the issuer's list brought the document up.",),
    "intelligence": ("The booking fitted a pattern that analysts had described.",),
    "examination": ("Sent to the laboratory after a doubt at the counter.",),
}

FOUND: Final[dict[str, tuple[str, ...]]] = {
    "whole_counterfeit": (
        "The whole book is printed by inkjet: dots of four colours instead of lines.",
        "Laser print with toner on all pages; the watermark is printed in grey.",
        "No intaglio can be felt, and the paper shines in ultraviolet light.",
    ),
    "data_page_counterfeit": (
        "The data page is a counterfeit in a book that is otherwise as issued.",
        "The background of the data page is screened, and microprint has become a line.",
        "The hologram is a sticker without depth; the laminate ends short of the stitching.",
    ),
    "visa_counterfeit": (
        "The label is an offset copy; its ink does not change colour when tilted.",
        "The label's number is printed together with the background.",
        "The fibres of the label are printed and do not fluoresce.",
    ),
    "permit_counterfeit": (
        "The card is two laminated sheets; the raised letters are missing.",
        "The portrait lies on the surface instead of in the card.",
    ),
    "stamp_counterfeit": (
        "The stamp's frame has the wrong number of teeth.",
        "The entry stamp names a shift that was not on duty, in ink that smears.",
    ),
    "supporting_counterfeit": (
        "The letter of invitation has another firm's registration.",
        "The bank statement's totals do not add up, and two typefaces are mixed.",
    ),
    "chip_cloned": ("The chip is a copy: it cannot prove that it holds its own key.",),
    "chip_data_false": ("The chip's data are not signed by the issuer, and its date of birth is another.",),
    "photo_substitution": (
        "The laminate was cut along the portrait, and another photograph lies under it.",
        "A thin film with another portrait is glued over the first.",
        "The ghost image still shows another person than the portrait.",
    ),
    "image_altered": ("The portrait was touched up with ink, and its edge is doubled.",),
    "altered_data": (
        "The year of birth was scraped and printed over; the paper is thin there.",
        "Two digits stand a little higher than the others, and the check digit does not fit.",
        "The surname was erased with a solvent and typed anew.",
    ),
    "validity_altered": ("The date of expiry was moved by five years; an extension that the issuer does not grant.",),
    "data_page_substitution": (
        "The data page comes from another book: perforation and page disagree.",
        "The stitching was opened and sewn again with thread that does not fluoresce.",
    ),
    "page_substitution": (
        "Four pages were taken from another book; their numbers run twice.",
        "A sheet was exchanged to lose the stamps of an earlier journey.",
    ),
    "visa_page_substitution": ("The page with the visa comes from another book.",),
    "page_removed": ("Two pages are missing, cut close to the seam.",),
    "stolen_blank": ("A blank from a theft that the issuer has notified, filled in by thermal print.",),
    "chip_disabled": ("The chip was destroyed by heat; a round mark can be seen on the cover.",),
    "visa_altered": (
        "The dates on the label were washed out and printed over.",
        "The number of entries was changed from one to many.",
    ),
    "visa_transferred": ("The label was lifted from another passport; its edge is torn and glued.",),
    "washed": ("Solvent took away the entries; the background ink has run.",),
    "stamp_altered": ("The year of the stamp was altered with a pen.",),
    "fantasy": ("A document of an organization that issues none.", "A “world document” bought over the internet."),
    "camouflage": ("A passport in the name of a State that exists no more.",),
    "breeder_used": (
        "Issued on a birth certificate that the registry does not know.",
        "The passport is as issued; the certificate it was issued on is false.",
    ),
    "false_statement": ("The application gave an employer who knows nothing of it.",),
    "identity_taken_over": ("Issued in the identity of somebody who applied for a first passport afterwards.",),
    "morph": ("The portrait is a mixture of two faces; it resembles both of two travellers.",),
    "visa_fraudulently_obtained": ("The visa was issued on an invitation that nobody had written.",),
    "look_alike": (
        "The document is somebody else's who looks alike; ears and hairline differ.",
        "A relative's document; the distance between eyes and mouth is another.",
    ),
    "lost_or_stolen": ("The document was reported lost by its holder two months before.",),
    "pass_swap": ("Boarding passes were exchanged in the transit area.",),
    "revoked": ("The issuer had revoked the document.",),
    "altered_appearance": ("Make-up and a wig follow the portrait; the scar does not.",),
}

MORE: Final = (
    "Quality is good; at the first line it passed once before.",
    "Quality is poor and shows without any aid.",
    "The ticket was paid in cash on the day before.",
    "The document was posted to a hotel.",
    "A second document was in the baggage.",
    "Please compare with your own cases of this model.",
    "The carrier had let it pass at boarding.",
    "Kept for examination.",
    "",
    "",
    "",
)

IN_THAI: Final[dict[str, tuple[str, ...]]] = {
    "counterfeit": (
        "เอกสารพิมพ์ด้วยเครื่องพิมพ์อิงค์เจ็ท ไม่มีลายน้ำ และกระดาษเรืองแสงเมื่อส่องด้วยรังสียูวี",
        "ภาพโฮโลแกรมเป็นสติกเกอร์ ไม่เปลี่ยนสีเมื่อเอียง",
    ),
    "forgery": ("แผ่นเคลือบถูกกรีดรอบรูปถ่าย และเปลี่ยนรูปถ่ายใหม่", "วันเดือนปีถูกขูดลบแล้วพิมพ์ทับ ตัวเลขตรวจสอบไม่ตรงกัน"),
    "pseudo_document": ("เป็นเอกสารขององค์กรที่ไม่มีอำนาจออกหนังสือเดินทาง",),
    "fraudulently_obtained": ("หนังสือเดินทางออกโดยใช้สูติบัตรปลอม",),
    "impostor": ("ใบหน้าไม่ตรงกับรูปถ่ายในเอกสาร เป็นการใช้เอกสารของผู้อื่น",),
}

IN_VIETNAMESE: Final[dict[str, tuple[str, ...]]] = {
    "counterfeit": (
        "Giấy tờ được in bằng máy in phun; hình mờ in màu xám và giấy phát sáng dưới tia cực tím.",
        "Ảnh ba chiều chỉ là nhãn dán, không đổi màu khi nghiêng.",
    ),
    "forgery": (
        "Màng phủ bị cắt quanh ảnh chân dung và ảnh đã bị thay.",
        "Ngày tháng bị cạo và in đè; số kiểm tra không khớp.",
    ),
    "pseudo_document": ("Giấy tờ của một tổ chức không có quyền cấp hộ chiếu.",),
    "fraudulently_obtained": ("Hộ chiếu được cấp dựa trên giấy khai sinh giả.",),
    "impostor": ("Khuôn mặt không khớp với ảnh trên giấy tờ; dùng giấy tờ của người khác.",),
}


def summary(rng: random.Random, country: str, fraud_class: str, method: str, means: str) -> str:
    """Tell a report; in Thailand and Viet Nam now and then in their language."""
    own = {"THA": IN_THAI, "VNM": IN_VIETNAMESE}.get(country)
    if own and rng.random() < 0.3:
        return rng.choice(own[fraud_class])
    parts = [rng.choice(NOTICED.get(means, NOTICED["light"]))]
    if found := FOUND.get(method):
        parts.append(rng.choice(found))
    parts.append(rng.choice(MORE))
    return " ".join(part for part in parts if part)
