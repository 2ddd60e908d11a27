"""Addresses of these pages."""

from django.urls import path

from yishi.web.publishing import views

urlpatterns = [
    path("sittings/<str:subject>/minutes/publish", views.publishing, name="publishing"),
    path("sittings/<str:subject>/minutes/public", views.public, name="public_minutes"),
    # Both are done where one sees first what would be public.
    path("do/propose_publication", views.instead, name="propose_publication"),
    path("do/publish_minutes", views.instead, name="publish_minutes"),
]
