"""Every address; each folder of pages lists its own."""

from django.urls import include, path

urlpatterns = [path("", include("yishi.web.urls"))]
handler400 = "yishi.web.errors.broken"
handler404 = "yishi.web.errors.not_found"
handler403 = "yishi.web.errors.forbidden"
handler500 = "yishi.web.errors.failed"
