"""Addresses of these pages."""

from django.urls import path

from yishi.web.guide import views

urlpatterns = [
    path("guide", views.guide, name="guide"),
    path("design", views.design, name="design"),
]
