"""The pages as Django knows them."""

from typing import Any

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Server-rendered pages."""

    name = "yishi.web"
    label = "web"

    def ready(self) -> None:
        """Let acts by which papers go out take their files along; what makes these loads late."""
        from yishi.procedure.correcting import CorrectMinutes, IssueCorrigendum
        from yishi.procedure.issuing import IssueMinutes
        from yishi.procedure.publishing import PublishMinutes
        from yishi.web.acts.doing import WAYS

        for kind in (IssueMinutes, CorrectMinutes, IssueCorrigendum, PublishMinutes):
            WAYS[kind] = _with_files


def _with_files(*given: Any) -> Any:
    from yishi.web.documents.going_out import with_files

    return with_files(*given)
