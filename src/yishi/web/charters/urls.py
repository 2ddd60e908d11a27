"""Addresses of these pages."""

from django.urls import path

from yishi.web.charters import views

urlpatterns = [
    path("charters/", views.charters, name="charters"),
    path("charters/<str:subject>", views.charter, name="charter"),
]
