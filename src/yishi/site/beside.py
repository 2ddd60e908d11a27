"""What a process that serves the pages does beside them: the jobs that people asked for."""

import threading
from collections.abc import Callable
from typing import Any, Final

Application = Callable[[Any, Any], Any]


class Beside:
    """An application; with the first page asked of it begins a thread that works.

    Not before: a process that is divided after it was set up takes no thread along, and one that
    serves no page (the streams alone) does no jobs either.
    """

    def __init__(self, application: Application, work: Callable[[], None]) -> None:
        self._application: Final = application
        self._work: Final = work
        self._lock: Final = threading.Lock()
        self._thread: threading.Thread | None = None

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer, as the application does."""
        if self._thread is None:
            self._begin()
        return self._application(environ, start_response)

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True, name="jobs")
                self._thread.start()
