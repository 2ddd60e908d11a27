"""Addresses of the compliance reports."""

from django.urls import path

from yishi.web.reports import views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports.xlsx", views.export, name="reports_export"),
]
