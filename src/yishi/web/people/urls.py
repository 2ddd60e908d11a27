"""Addresses of these pages."""

from django.urls import path

from yishi.web.people import views

urlpatterns = [
    path("people/", views.people, name="people"),
]
