import shutil

from tests.cli.conftest import ROOT, Run


def test_check_says_which_page_is_no_longer_true(yishi: Run, tmp_path) -> None:
    shutil.copytree(ROOT / "charters", tmp_path / "charters")
    written = yishi("docs", "--root", tmp_path)
    fresh = yishi("docs", "--root", tmp_path, "--check")
    (tmp_path / "docs/acts.md").write_text("old", encoding="utf-8")
    stale = yishi("docs", "--root", tmp_path, "--check")

    assert (written.status, fresh.status, stale.status) == (0, 0, 1)
    assert len(written.lines) == len(list((tmp_path / "docs").iterdir()))
    assert fresh.out == ""
    assert stale.lines == ["acts.md 已过时，请运行 make docs。"]


def test_a_folder_without_charters(yishi: Run, tmp_path) -> None:
    ran = yishi("docs", "--root", tmp_path)

    assert ran.status == 2
    assert "没有 charters 文件夹" in ran.err
