"""Addresses of these pages."""

from django.urls import path

from yishi.web.items import views

urlpatterns = [
    path("items/", views.items, name="items"),
    path("items.xlsx", views.export, name="items_export"),
    path("submit", views.submit, name="submit"),
    path("items/<str:subject>", views.item, name="item"),
]
