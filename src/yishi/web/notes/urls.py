"""Addresses of these pages."""

from django.urls import path

from yishi.web.notes import views

urlpatterns = [
    path("notes/", views.notes, name="notes"),
    path("notes/<str:item>", views.write_note, name="note"),
]
"""Only ever one's own: no address names whose."""
