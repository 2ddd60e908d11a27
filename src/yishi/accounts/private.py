"""What somebody writes for themselves about an item (个人笔记): read by its owner, by nobody else.

It is in no journal, list, search or export; it is asked for only by the account that wrote it.
"""

from django.db.models import QuerySet

from yishi.accounts.models import Account, PrivateNote


def notes_of(account: Account) -> QuerySet[PrivateNote]:
    """All that this account has written, the latest first."""
    return PrivateNote.objects.filter(account=account).order_by("-at", "-pk")


def note_on(account: Account, item: str) -> PrivateNote | None:
    """What this account has written about an item."""
    return notes_of(account).filter(item=item).first()


def write(account: Account, item: str, words: str) -> None:
    """Keep the words in place of what was there; none at all delete it."""
    if not words.strip():
        delete(account, item)
        return
    PrivateNote.objects.update_or_create(account=account, item=item, defaults={"words": words})


def delete(account: Account, item: str) -> None:
    """Keep nothing of it."""
    notes_of(account).filter(item=item).delete()
