"""Large type and a dark ground: chosen on a device, kept there, for whoever sits at it."""

import pytest
from django.test import Client

from tests.playing import client_of, play_into

pytestmark = pytest.mark.django_db


def html_of(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode().split("<head>")[0]


def test_pages_begin_as_the_device_has_them() -> None:
    play_into()
    said = html_of(client_of("liu"))

    assert "data-size" not in said
    assert "data-theme" not in said


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ({"size": "large"}, 'data-size="large"'),
        ({"theme": "dark"}, 'data-theme="dark"'),
        ({"theme": "light"}, 'data-theme="light"'),
    ],
)
def test_what_is_chosen_stays_chosen_on_that_device_only(chosen, shown) -> None:
    play_into()
    client = client_of("liu")
    answer = client.post("/display", {**chosen, "next": "/tasks/"})

    assert (answer.status_code, answer["Location"]) == (302, "/tasks/")
    assert shown in html_of(client)
    assert shown in html_of(client, "/tasks/")
    assert shown not in html_of(client_of("liu"))


def test_a_stranger_can_choose_before_signing_in() -> None:
    play_into()
    client = Client()
    client.post("/display", {"size": "large", "next": "/sign-in"})

    assert 'data-size="large"' in html_of(client, "/sign-in")


@pytest.mark.parametrize("said", ["huge", "", "large dark", '"><script>'])
def test_what_there_is_not_is_not_chosen(said: str) -> None:
    play_into()
    client = client_of("liu")

    assert "size" not in client.post("/display", {"size": said}).cookies
    client.cookies["size"] = said
    assert "data-size" not in html_of(client)


def test_choosing_is_a_press_and_no_link() -> None:
    play_into()

    assert client_of("liu").get("/display").status_code == 405
    assert client_of("liu").post("/display", {"size": "large", "next": "//evil"})["Location"] == "/"
