"""Addresses of these pages."""

from django.urls import path

from yishi.web.charters import erasing, practice, views

urlpatterns = [
    path("erasing", erasing.erasing, name="erasing"),
    path("charters/", views.charters, name="charters"),
    path("charters.xlsx", views.export, name="charters_export"),
    path("charters/<str:subject>", views.charter, name="charter"),
    path("charters/<str:subject>/practice", practice.practice, name="practice"),
]
