"""Where a page leads back to (`next=`): an address of our own pages, or none."""

from django.utils.http import url_has_allowed_host_and_scheme


def ours(wanted: str) -> str:
    """The address, where it is a page of this site; nothing where it leads elsewhere."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/") else ""
