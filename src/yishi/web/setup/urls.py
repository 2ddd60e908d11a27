"""Addresses of these pages."""

from django.urls import path

from yishi.web.setup import before, views

urlpatterns = [
    path("setup", views.setup, name="setup"),
    path("people/before", before.before, name="before"),
    path("people/before/template.xlsx", before.template, name="before_template"),
]
