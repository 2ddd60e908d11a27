"""Addresses of these pages."""

from django.urls import path

from yishi.web.decisions import views
from yishi.web.decisions.excerpt import excerpt

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions.xlsx", views.export, name="decisions_export"),
    path("decisions/public/", views.excerpts, name="excerpts"),
    path("decisions/public.xlsx", views.excerpts_export, name="excerpts_export"),
    path("decisions/<str:subject>/publish", excerpt, name="decision_excerpt"),
    path("decisions/<str:subject>", views.decision, name="decision"),
]
