"""What is too large is not taken in: its bytes are passed over while they come."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class Limit(FileUploadHandler):
    """Stands before all other handlers and lets a file through up to `UPLOAD_LIMIT`.

    The rest of the form is still read, so that nothing that was typed is lost; the request then
    says `too_large`.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins: nothing of it has come yet."""
        super().new_file(*args, **kwargs)
        self._so_far = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Count what comes; beyond the limit, pass the file over."""
        self._so_far += len(raw_data)
        if self._so_far > settings.UPLOAD_LIMIT:
            self.request.too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is for the handlers behind this one."""
