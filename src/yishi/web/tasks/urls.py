"""Addresses of these pages."""

from django.urls import path

from yishi.web.tasks import views

urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<str:subject>", views.task, name="task"),
    path("adjustments/<str:subject>", views.adjustment, name="adjustment"),
]
