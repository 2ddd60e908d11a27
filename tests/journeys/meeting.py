"""What people do in every meeting, on its page (会场), and with the tasks that come of it."""

from tests.journeys.people import Person


def enters(person: Person) -> Person:
    """Into the meeting in hand, from the desk; or its page again, for whoever is there."""
    if person.path.endswith("/room") and not again(person).has("会议记录"):
        return person
    return person.goes("/").follows("会2026年", person.page.locator("#coming")).into_the_room()


def again(person: Person) -> Person:
    """The same page as it is by now."""
    return person.goes(person.path)


def begins(chair: Person, number: int) -> None:
    """The chair takes up an item, by its place on the agenda."""
    enters(chair).presses(f"进入第{number}项议题").is_told("已办理：进入议题")


def presents(person: Person, words: str) -> None:
    """Whose item it is reports it."""
    enters(person).writes("汇报要点", words).presses("登记汇报").is_told("已办理：汇报议题")


def speaks(person: Person, stance: str, words: str) -> None:
    """Somebody states a position of their own."""
    mine = enters(person).page.locator(".mine")
    person.picks(stance, within=mine).writes("意见", words, mine).presses("表态", mine)
    person.is_told("已办理：表态")


def enters_for(secretary: Person, name: str, stance: str = "赞成") -> None:
    """The secretary enters what somebody said."""
    there = enters(secretary).speaker(name)
    secretary.picks(stance, within=there).presses("登记", there).is_told("已办理：表态")


def finishes(owner: Person, task: str, result: str) -> None:
    """An owner says that a task is done, and what came of it."""
    owner.goes("/tasks/").follows(task).follows("办结").writes("办理结果", result)
    owner.presses("办结").is_told("已办理：办结")
