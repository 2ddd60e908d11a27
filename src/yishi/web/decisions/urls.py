"""Addresses of these pages."""

from django.urls import path

from yishi.web.decisions import views

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions.xlsx", views.export, name="decisions_export"),
    path("decisions/<str:subject>", views.decision, name="decision"),
]
