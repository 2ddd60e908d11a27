"""Addresses of these pages."""

from django.urls import path

from yishi.web.sittings import views

urlpatterns = [
    path("sittings/", views.sittings, name="sittings"),
    path("sittings/<str:subject>", views.sitting, name="sitting"),
    path("sittings/<str:subject>/room", views.room, name="room"),
    path("sittings/<str:subject>/record", views.record, name="record"),
    path("sittings/<str:subject>/minutes", views.minutes, name="minutes"),
]
