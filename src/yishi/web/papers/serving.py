"""A file that somebody may read, given so that nothing in it runs."""

from typing import IO, Any, Final

from django.http import FileResponse, HttpResponse

from yishi.papers.content import INLINE, PDF

_NAKED: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
_VIEWER: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""Nothing of what a file brings runs; a PDF is shown by the browser's own viewer, which a sandbox
would stop."""


def served(file: IO[bytes], name: str, type_: str, download: bool) -> HttpResponse:
    """A file that somebody may read: shown where a browser shows it safely, else to be kept."""
    kind = type_.partition(";")[0]
    saved = download or kind not in INLINE
    response: Any = FileResponse(file, as_attachment=saved, filename=name, content_type=type_)
    response["Content-Security-Policy"] = _VIEWER if kind == PDF else _NAKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
