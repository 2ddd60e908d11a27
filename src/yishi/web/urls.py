"""Every page's address; each folder of pages lists its own."""

from django.urls import include, path

from yishi.web.acts import views as acts

SUBJECTS = (
    "sign",
    "desk",
    "items",
    "sittings",
    "publishing",
    "calendar",
    "live",
    "notes",
    "tasks",
    "decisions",
    "charters",
    "reports",
    "people",
    "papers",
    "jobs",
    "archive",
    "packs",
    "phrases",
    "profiles",
    "documents",
    "setup",
    "guide",
    "search",
)
"""Folders of pages, one a subject."""

urlpatterns = [
    *(path("", include(f"yishi.web.{subject}.urls")) for subject in SUBJECTS),
    # Last, so that a folder may have a form of its own for an act, at the act's own address.
    path("do/<slug:name>/notice", acts.lead, name="lead"),
    path("do/<slug:name>", acts.act, name="act"),
]
