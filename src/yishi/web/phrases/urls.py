"""Addresses of these pages."""

from django.urls import path

from yishi.web.phrases import views

urlpatterns = [path("phrases", views.phrases, name="phrases")]
