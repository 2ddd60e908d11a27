"""Addresses of these pages."""

from django.urls import path

from yishi.web.profiles import views

urlpatterns = [
    path("profiles", views.profiles, name="profiles"),
    path("profiles/<str:body>", views.profile, name="profile"),
    path("profiles/<str:body>/preview", views.tried, name="profile_preview"),
]
