"""Addresses of signing in and out, one's own account, language, and stepping into roles."""

from django.urls import path

from yishi.web.sign import codes, own, views

urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("set-password/", codes.set_by_codes, name="set_by_codes"),
    path("set-password/<str:uidb64>/<str:token>", views.SetPassword.as_view(), name="set_password"),
    path("account", views.account, name="account"),
    path("account/address", own.address, name="own_address"),
    path("language", views.language, name="language"),
    path("display", views.display, name="display"),
    path("step-into", views.step_into, name="step_into"),
    path("health", views.health, name="health"),
]
