"""Who asked for a job, as the pages know them: what they may do and read is asked anew."""

from yishi.accounts.models import Account
from yishi.jobs.models import Job
from yishi.web.office import Office


def asker_of(job: Job) -> Office | None:
    """Whoever asked for it; None where they have no account any more."""
    account = Account.objects.filter(
        institution=job.institution, person=job.person, is_active=True
    ).first()
    return Office(account, "zh") if account else None
