"""The cast of the journal's tests: one small institution and a chance that repeats itself."""

import hashlib
import itertools

from yishi.journal import Chain, Draft, encode_line, words

CHARTER = hashlib.sha256(b"charter").hexdigest()


def chance():
    """Give salts as §10 of the format says: the k-th is taken from sha256 of k."""
    numbers = itertools.count()
    return lambda: hashlib.sha256(str(next(numbers)).encode()).digest()[:16]


def submitted(
    item="i1", title="关于延长窗口服务时间的议题", at="2025-03-04T09:00:00+08:00", **more
):
    """Give the draft of an item that was submitted."""
    facts = {"body": "office", "late": False, "papers": [1, 2], "unit": None}
    return Draft(
        f"item/{item}", "ItemSubmitted", 1, facts, {"title": title}, "p1", None, at, CHARTER, **more
    )


def voted(item="i1", at="2025-03-06T10:00:00+08:00"):
    """Give a draft without texts."""
    counts = {"yes": 5, "no": -1, "abstain": 0}
    return Draft(f"item/{item}", "VoteClosed", 2, counts, {}, "p2", "p3", at, CHARTER)


def decided(item="i1", at="2025-03-06T10:05:00.123456+08:00"):
    """Give an act of two entries that share the words of the owner."""
    task = Draft(
        "task/t1",
        "TaskOpened",
        1,
        {"item": item, "tasks": [{"due_on": "2025-04-01"}]},
        {"tasks.0.owner": "王芳", "tasks.0.words": '报送方案\n\t"一"\\ \x01\x7f\u2028🖋'},
        "p1",
        at=at,
    )
    minutes = Draft("meeting/m1", "MinutesKept", 1, {}, {"signed": "王芳", "note": ""}, at=at)
    return [task, minutes]


def erased(ref, at="2026-01-01T00:00:00Z"):
    """Give the draft that records an erasure."""
    return Draft("text", "text_erased", 1, {"ref": ref, "ground": "request"}, {}, "p4", at=at)


def stored(*acts, chain_id="demo"):
    """Give the stored lines of the acts, one transaction each."""
    chain, salt, raws = Chain(chain_id), chance(), []
    for act in acts:
        chain, lines = chain.extend(act if isinstance(act, list) else [act], salt)
        raws += map(encode_line, lines)
    return raws


def small_journal():
    """Give a journal of five entries in four acts."""
    return stored(submitted(), voted(), decided(), submitted("i2", "议题二"))


def replay(lines):
    """Give what a reader sees: each entry's type and words."""
    opened, seen = {}, []
    for line in lines:
        opened |= line.texts
        seen.append((line.entry.type, words(line, opened)))
    return seen
