"""Addresses below /alerts/subscriptions/, within the namespace of alerts."""

from __future__ import annotations

from django.urls import path

from limen.node.alerts.subscriptions import views

subscription_urls = [
    path("subscriptions/", views.subscriptions, name="subscriptions"),
    path("subscriptions/new/", views.new, name="subscribe"),
    path("subscriptions/own-country/", views.own_country, name="own_country"),
    path("subscriptions/<int:number>/", views.change, name="subscription"),
    path("subscriptions/<int:number>/end/", views.end, name="unsubscribe"),
]
