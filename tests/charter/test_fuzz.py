from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charter.town import BODY, HEADER, TOWN
from yishi.charter.coverage import unaccounted
from yishi.charter.lint import lint
from yishi.charter.reader import read

_PIECES = [
    "```", "```rule\n", "> ", "- ", "#", "## ", "---\n", "\n", "  ", "\t", ": ", "{", "[", "]", "}",
    "&a", "*a", "!!x ", "|\n", '"\\U', "'", "?", "%YAML 1", "\r", "\x00", "\ud800", "第一条", "议",
]  # fmt: skip
_NOISE = st.one_of(st.text(max_size=8), st.sampled_from(_PIECES))


@st.composite
def _spoilt(draw: st.DrawFn) -> str:
    """The town's charter with a few stretches replaced."""
    text = TOWN
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 30))
        text = text[:start] + draw(_NOISE) + text[end:]
    return text


def survives(text: str) -> None:
    """Either a charter or an error with a line of the file, and never an exception."""
    charter, faults = read(text)

    assert (charter is None) == any(fault.level == "error" for fault in faults)
    assert all(1 <= fault.line <= text.count("\n") + text.count("\r") + 1 for fault in faults)
    if charter:
        lint(charter)
        unaccounted(charter, text)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    survives(text)


@settings(deadline=None)
@given(st.lists(_NOISE, max_size=40).map("".join))
def test_any_body_under_a_good_header_is_read_or_refused(noise: str) -> None:
    survives(HEADER + BODY.splitlines()[0] + "\n## 一、\n" + noise)


@settings(max_examples=300, deadline=None)
@given(_spoilt())
def test_a_spoilt_charter_is_read_or_refused(text: str) -> None:
    survives(text)
