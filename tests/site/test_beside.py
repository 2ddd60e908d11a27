"""Beside the pages: one thread that works, from the first page on."""

import threading

from yishi.site.beside import Beside


def test_work_begins_with_the_first_page_and_only_once() -> None:
    begun, many = threading.Event(), []

    def work() -> None:
        many.append(threading.current_thread().daemon)
        begun.set()

    pages = Beside(lambda environ, start: ["page", environ], work)
    assert many == []

    assert [pages("a", None), pages("b", None)] == [["page", "a"], ["page", "b"]]
    assert begun.wait(5)
    assert many == [True]
