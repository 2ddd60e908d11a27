import pytest

from yishi.charter.labels import composite, own, plain


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("五、议事程序", "五"),
        ("十二、附则", "十二"),
        ("(二)会中决策", "(二)"),
        ("（二）会中决策", "(二)"),
        ("3.一把手末位表态", "3"),
        ("3．一把手末位表态", "3"),
        ("３、一把手末位表态", "3"),
        ("3. 听取汇报", "3"),
        ("第十四条 会议主持", "第十四条"),
        ("第十四条之一", "第十四条之一"),
        ("第二款", "第二款"),
        ("第1项：列席", "第1项"),
        ("序言", "序言"),
        ("印发通知 郴政服发", "印发通知"),
        ("附件：名单", "附件"),
        ("2017年工作", "2017年工作"),
        ("第一次会议", "第一次会议"),
        ("3.5万元以上的支出", "3.5万元以上的支出"),
        ("", ""),
    ],
)
def test_a_heading_has_the_label_that_is_printed(heading: str, label: str) -> None:
    assert own(heading) == label


def test_labels_stand_below_their_ancestors() -> None:
    assert composite(["五", "(二)", "3"]) == "五(二)3"


def test_an_article_drops_the_chapter_above_it() -> None:
    assert composite(["第三章", "第十四条", "第二款", "第一项"]) == "第十四条第二款第一项"


def test_either_width_finds_the_clause() -> None:
    assert plain("五（二） ３") == "五(二)3"
