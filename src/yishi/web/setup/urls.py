"""Addresses of these pages."""

from django.urls import path

from yishi.web.setup import views

urlpatterns = [path("setup", views.setup, name="setup")]
