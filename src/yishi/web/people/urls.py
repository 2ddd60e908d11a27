"""Addresses of these pages."""

from django.urls import path

from yishi.web.people import accounts, asked, confirming, importing, postings, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/export.xlsx", views.export, name="people_export"),
    path("people/import", importing.bring_in, name="people_import"),
    path("people/import/template.xlsx", importing.template, name="people_template"),
    path("people/changes/", postings.postings, name="postings"),
    path("people/changes.xlsx", postings.export, name="postings_export"),
    path("people/confirm", confirming.confirming, name="confirming"),
    path("people/changes/<str:subject>", postings.posting, name="posting"),
    path("people/accounts/", accounts.accounts, name="accounts"),
    path("people/accounts.xlsx", accounts.export, name="accounts_export"),
    path("people/accounts/asked/", asked.asked, name="asked"),
    path("people/accounts/asked.xlsx", asked.export, name="asked_export"),
    path("people/accounts/asked/all", asked.confirm_all, name="confirm_all"),
    path("people/accounts/asked/<int:subject>/<slug:what>", asked.settle, name="settle"),
    path("people/accounts/record", asked.record, name="accounts_record"),
    path("people/accounts/record.xlsx", asked.record_export, name="record_export"),
    path("people/accounts/<str:person>/<slug:what>", accounts.handle, name="account_handle"),
    path("people/of/<str:subject>", views.person, name="person"),
]
