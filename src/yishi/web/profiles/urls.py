"""Addresses of these pages."""

from django.urls import path

from yishi.web.profiles import templates, views

urlpatterns = [
    path("profiles", views.profiles, name="profiles"),
    path("profiles/<str:body>", views.profile, name="profile"),
    path("profiles/<str:body>/preview", views.tried, name="profile_preview"),
    path("profiles/<str:body>/templates", templates.templates, name="templates"),
    path("profiles/<str:body>/templates/<slug:paper>", templates.begin, name="template_begin"),
    path(
        "profiles/<str:body>/templates/<slug:paper>/<int:number>",
        templates.version,
        name="template_version",
    ),
]
