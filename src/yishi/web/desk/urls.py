"""Addresses of the desk and of the messages on it."""

from django.urls import path

from yishi.web.desk import news, views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("desk.xlsx", views.export, name="desk_export"),
    path("messages", news.messages_page, name="messages"),
    path("messages.xlsx", news.messages_export, name="messages_export"),
    path("messages/failures", news.failures, name="failures"),
    path("messages/failures.xlsx", news.failures_export, name="failures_export"),
]
