"""Addresses of these pages."""

from django.urls import path

from yishi.web.packs import views

urlpatterns = [path("sittings/<str:subject>/pack", views.pack, name="pack")]
