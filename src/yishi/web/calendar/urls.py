"""The address of the calendar."""

from django.urls import path

from yishi.web.calendar import views

urlpatterns = [path("calendar", views.month, name="calendar")]
