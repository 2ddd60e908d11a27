"""The act has the address of every act; it makes the package that it names."""

from django.urls import path

from yishi.web.archive import views

urlpatterns = [
    path("sittings/<str:subject>/archive", views.archive, name="archive"),
    path("sittings/<str:subject>/archive/<str:digest>.zip", views.package, name="package"),
    path("do/archive_sitting", views.archived, name="archive_sitting"),
]
