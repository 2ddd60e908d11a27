"""Addresses of these pages."""

from django.urls import path

from yishi.web.sittings import listing, minutes, onward, page, record, room, screen

urlpatterns = [
    path("sittings/", listing.sittings, name="sittings"),
    path("sittings.xlsx", listing.export, name="sittings_export"),
    path("sittings/<str:subject>", page.sitting, name="sitting"),
    path("sittings/<str:subject>/onward/<str:item>", onward.onward, name="onward"),
    path("sittings/<str:subject>/room", room.room, name="room"),
    path("sittings/<str:subject>/screen", screen.screen, name="screen"),
    path("sittings/<str:subject>/record", record.record, name="record"),
    path("sittings/<str:subject>/minutes", minutes.minutes, name="minutes"),
]
