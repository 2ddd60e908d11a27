"""Addresses of papers."""

from django.urls import path

from yishi.web.documents import views

urlpatterns = [
    path("documents/<slug:name>/<str:subject>/<slug:form>", views.paper, name="document"),
    path(
        "documents/<slug:name>/<str:subject>/<str:about>/<slug:form>",
        views.paper,
        name="document_about",
    ),
]
