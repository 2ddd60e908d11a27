"""Addresses of these pages."""

from django.urls import path

from yishi.web.jobs import views

urlpatterns = [
    path("jobs/<int:key>", views.job, name="job"),
    path("jobs/states", views.states, name="job_states"),
    path("jobs/<int:key>/file", views.result, name="job_file"),
]
