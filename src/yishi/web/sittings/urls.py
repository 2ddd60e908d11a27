"""Addresses of these pages."""

from django.urls import path

from yishi.web.sittings import (
    code,
    listing,
    minutes_page,
    onward,
    page,
    paper,
    record,
    room,
    screen,
)

urlpatterns = [
    path("sittings/", listing.sittings, name="sittings"),
    path("sittings.xlsx", listing.export, name="sittings_export"),
    path("sittings/<str:subject>", page.sitting, name="sitting"),
    path("sittings/<str:subject>/onward/<str:item>", onward.onward, name="onward"),
    path("sittings/<str:subject>/room", room.room, name="room"),
    path("sittings/<str:subject>/screen", screen.screen, name="screen"),
    path("sittings/<str:subject>/code", code.code, name="code"),
    path("sittings/<str:subject>/code.svg", code.image, name="code_image"),
    path("sittings/<str:subject>/code/<str:token>", code.scanned, name="scanned"),
    path("sittings/<str:subject>/scan", code.scan, name="scan"),
    path("sittings/<str:subject>/scan/in", code.sign_in, name="scan_in"),
    path("sittings/<str:subject>/paper", paper.paper, name="paper"),
    path("sittings/<str:subject>/record", record.record, name="record"),
    path("sittings/<str:subject>/minutes", minutes_page.minutes, name="minutes"),
]
