"""Addresses of the ledger of tasks, of one task and of one adjustment."""

from django.urls import path

from yishi.web.tasks import views

urlpatterns = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks.xlsx", views.export, name="tasks_export"),
    path("tasks/<str:subject>", views.task, name="task"),
    path("adjustments/<str:subject>", views.adjustment, name="adjustment"),
]
