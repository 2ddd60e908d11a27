"""Addresses of these pages."""

from django.urls import path

from yishi.web.papers import preview, views

urlpatterns = [
    path("do/supply_paper", views.supply, name="supply_paper"),
    path("papers/<str:item>/<str:subject>/preview", preview.preview, name="preview"),
    path("papers/<str:item>/<str:subject>", views.paper, name="paper"),
]
"""The act has the address of every act; its form takes a file."""
