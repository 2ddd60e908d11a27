"""Accounts (账号): a name to sign in with, and whose it is."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        """An account with its password hashed; without one, nobody can sign in to it yet."""
        account = self.model(username=self.model.normalize_username(username), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


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
