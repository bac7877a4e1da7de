"""Addresses of screening. No address names the record that a screening was begun from."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from limen.node.protection.views import keeping, listing, referring, screening, showing

app_name = "protection"


class ScreeningReference:
    """A screening's reference, such as S26-7KQ2-MB4X, typed in small letters too."""

    regex: ClassVar[str] = "[Ss][0-9]{2}-[0-9A-Za-z-]{4,13}"

    def to_python(self, value: str) -> str:
        """The reference as it is stored."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """The reference as it is stored."""
        return value


class ReferralReference(ScreeningReference):
    """A referral's reference, such as H26-7KQ2-MB4X."""

    regex: ClassVar[str] = "[Hh][0-9]{2}-[0-9A-Za-z-]{4,13}"


register_converter(ScreeningReference, "screening")
register_converter(ReferralReference, "referral")

urlpatterns = [
    path("", listing.home, name="home"),
    path("new/", screening.new, name="new"),
    path("figures/", listing.figures, name="figures"),
    path("contacts/", keeping.contacts, name="contacts"),
    path("contacts/new/", keeping.contact, name="new_contact"),
    path("contacts/<uuid:number>/", keeping.contact, name="contact"),
    path("questions/<slug:language>/", showing.questions, name="questions"),
    path("questions/<slug:language>/cards/", showing.cards, name="cards"),
    path("texts/<slug:language>/", keeping.texts, name="texts"),
    path("<screening:reference>/", screening.show, name="show"),
    path("<screening:reference>/hand-over/", screening.hand_over, name="hand_over"),
    path("<screening:reference>/delete/", screening.delete, name="delete"),
    path("<screening:reference>/refer/", referring.refer, name="refer"),
    path("<referral:reference>/", referring.show, name="referral"),
    path("<referral:reference>/answer/", referring.answer, name="answer"),
    path("<referral:reference>/withdraw/", referring.withdraw, name="withdraw"),
    path("<referral:reference>/sheet/", referring.sheet, name="sheet"),
]
