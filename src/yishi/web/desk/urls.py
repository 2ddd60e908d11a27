"""Addresses of the desk and of the messages on it."""

from django.urls import path

from yishi.web.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
    path("messages", views.messages_page, name="messages"),
    path("messages/failures", views.failures, name="failures"),
]
