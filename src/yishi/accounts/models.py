"""Accounts (账号): a name to sign in with, and whose it is."""

import unicodedata
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


def plain_name(said: str) -> str:
    """A username as it is kept: one spelling, whatever width or case it was typed in.

    Once more it stays the same (`ß` with an accent folds to letters that are composed anew), so
    that what is counted and what is looked up are one name.
    """
    folded = unicodedata.normalize("NFKC", said).strip().casefold()
    return unicodedata.normalize("NFKC", folded).strip()


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts. None is ever deleted, so that a username never means somebody else."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """An account with its password hashed; without one, nobody can sign in to it yet."""
        account = self.model(username=plain_name(username), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of a username, however it is typed."""
        return self.get(username=plain_name(username or ""))


class Account(AbstractBaseUser):
    """One person of one institution, as the sign-in knows them."""

    username = models.CharField(max_length=64, unique=True)
    institution = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="zh")
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    """Whether the password was set by somebody else and is to be changed at the next sign-in."""
    made_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("institution", "person"), name="account_person"),
        )

    def __str__(self) -> str:
        return self.username


class Handling(models.Model):
    """What was done with an account, by whom and when: its owner may read it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="handled")
    what = models.CharField(max_length=20)
    """made · stopped · restored · unlocked · address_asked · addressed · password_asked ·
    code_shown · asked_declined · link_mailed · link_shown · link_on_server · password_set"""
    by = models.CharField(max_length=64)
    """Whose act it was: a person of the institution; empty for whoever had the one-time link."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=("account", "-at"), name="handling_latest"),)


class Failures(models.Model):
    """Failed attempts to sign in, by the digest of a name, a browser or an address."""

    key = models.CharField(max_length=64, unique=True)
    times = models.IntegerField(default=0)
    began = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)


class Asked(models.Model):
    """What was asked for an account and waits for somebody else (账号申请)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="asked")
    what = models.CharField(max_length=16)
    """address · password"""
    email = models.EmailField(blank=True)
    """The address that is to count; empty for none."""
    by = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    first = models.CharField(max_length=64, blank=True)
    """Digest of the code that whoever asked was shown."""
    second = models.CharField(max_length=64, blank=True)
    """Digest of the code that the second person was shown."""
    shown_by = models.CharField(max_length=64, blank=True)
    shown_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=16, default="waiting")
    """waiting · done · declined · replaced"""
    settled_by = models.CharField(max_length=64, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account", "what"),
                condition=models.Q(status="waiting"),
                name="asked_once",
            ),
        )


class PrivateNote(models.Model):
    """What somebody wrote for themselves about an item (个人笔记): theirs alone, in no journal."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="private_notes")
    item = models.CharField(max_length=64)
    words = models.TextField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "item"), name="one_note_each"),)
