"""Words, names, times and clauses in templates: all from the catalogue, none written here."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context, RequestContext
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yishi.procedure.verdict import Citation, Message
from yishi.web.acts.beside import beside
from yishi.web.acts.form import form_for
from yishi.web.acts.offered import offered
from yishi.web.addresses import address
from yishi.web.documents.kept import OWN, digest_of, went_out
from yishi.web.office import Office
from yishi.web.once import Fixed, Kept, constant, kept_part, words_of
from yishi.web.people.shown import posts_of
from yishi.web.profiles.templates import own_of
from yishi.wording.formats import at_time, in_period, on_day

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: RequestContext, key: str, **params: Any) -> str:
    """A sentence of the pages by its id: `{% say "desk.title" %}`; params may hold ids."""
    office = context.get("office")
    if office is None:
        return str(words_of(context).text(f"page.{key}", **params))
    told = {name: _on_clock(office, value) for name, value in params.items()}
    return str(words_of(context).sentence(Message(f"page.{key}", told), office.names))


def _on_clock(office: Office, value: Any) -> Any:
    """A time on the institution's own clock: the register's rows hold UTC, often another day."""
    return value.astimezone(office.zone) if isinstance(value, datetime) else value


@register.simple_tag(takes_context=True)
def folded(context: RequestContext, words: Any) -> tuple[str, str] | None:
    """The beginning and the rest of long words, for a fold; None of words that need none."""
    text = say(context, "room.said", words=words) if words else ""
    begin = "\n".join(text[:BEGINNING].split("\n")[:3])
    return (begin, text[len(begin) :]) if len(text) > len(begin) + 60 else None


BEGINNING = 90
"""Characters of long words that stand before the fold; three lines at most."""


@register.simple_tag(takes_context=True)
def word(context: RequestContext, table: str, key: Any) -> str:
    """The word for a key of a table: `{% word "acts" row.act %}`."""
    return str(words_of(context).word(table, str(key)))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept "tasks.row" row.subject %}…{% endkept %}`: a part that hangs on nothing else.

    It may say only what follows from the institution's state, the language, the minute and what
    it names here: no form, since that carries a token of its own, and nothing of who looks.
    """
    return kept_part(parser, token)


@register.tag
def keptmine(parser: Parser, token: Token) -> Kept:
    """`{% keptmine "room.agenda" sitting.id %}…{% endkeptmine %}`: the same for one reader alone.

    It may say what the rules let this person know; a form or a message it may not hold either.
    """
    return kept_part(parser, token, own=True)


def _fixed(name: str, look_up: Callable[..., str], count: int) -> None:
    """Let a tag whose arguments are all constants be looked up once, and any other as before."""
    as_before = register.tags[name]

    def compiled(parser: Parser, token: Token) -> Node:
        bits = [constant(bit) for bit in token.split_contents()[1:]]
        if len(bits) != count or None in bits:
            return as_before(parser, token)
        return Fixed(lambda words: look_up(words, *bits))

    register.tag(name, compiled)


_fixed("say", lambda words, key: str(words.text(f"page.{key}")), 1)
_fixed("word", lambda words, table, key: str(words.word(table, key)), 2)


@register.simple_tag(takes_context=True)
def sentence(context: RequestContext, message: Message, body: str = "") -> str:
    """A message of the procedure in words."""
    office = context["office"]
    names = office.names_for(body) if body else office.names
    return str(words_of(context).sentence(message, names))


@register.simple_tag(takes_context=True)
def posts_now(context: RequestContext, person: str) -> str:
    """What somebody holds today, to tell people of one name apart; says so when it is nothing."""
    office = context["office"]
    return posts_of(office, person) or str(words_of(context).text("page.people.no_post_now"))


@register.simple_tag(takes_context=True)
def next_step(context: RequestContext, message: Message, body: str = "") -> str:
    """What to do next about a message, in the names of the body whose rule it is."""
    office = context["office"]
    names = office.names_for(body) if body else office.names
    return str(words_of(context).next(message, names))


@register.simple_tag(takes_context=True)
def person(context: RequestContext, key: str | None) -> str:
    """A person's name."""
    return str(context["office"].names.person(key)) if key else ""


@register.simple_tag(takes_context=True)
def person_apart(context: RequestContext, key: str) -> str:
    """A person's name, with the unit or post where somebody else has the same."""
    return str(context["office"].apart.person(key))


@register.simple_tag(takes_context=True)
def namesake(context: RequestContext, key: str) -> str:
    """Whoever shares a name with somebody else, told apart; empty for anybody else."""
    apart, name = person_apart(context, key), person(context, key)
    return apart if apart != name else ""


@register.simple_tag(takes_context=True)
def say_apart(context: RequestContext, key: str, **params: Any) -> str:
    """A sentence of the pages in which people of one name are told apart."""
    said = Message(f"page.{key}", params)
    return str(words_of(context).sentence(said, context["office"].apart))


@register.simple_tag(takes_context=True)
def unit(context: RequestContext, key: str | None) -> str:
    """A unit's name."""
    return str(context["office"].names.unit(key)) if key else ""


@register.simple_tag(takes_context=True)
def body(context: RequestContext, key: str) -> str:
    """A body's short name."""
    return str(context["office"].names.body(key))


@register.simple_tag(takes_context=True)
def matter(context: RequestContext, key: str, body: str) -> str:
    """The label under which a body's charter lists a matter."""
    return str(context["office"].matter(key, body))


@register.simple_tag(takes_context=True)
def sitting_name(context: RequestContext, key: str) -> str:
    """A meeting by its number, or by its day while it has none."""
    words = words_of(context)
    return str(words.sentence(Message("page.sitting_name", {"s": key}), context["office"].names))


@register.simple_tag(takes_context=True)
def when(context: RequestContext, value: Any) -> str:
    """A day and time on the institution's own clock; a bare day as a day."""
    if isinstance(value, datetime):
        return at_time(words_of(context), value.astimezone(context["office"].zone))
    return on_day(words_of(context), value) if isinstance(value, date) else str(value or "")


@register.simple_tag(takes_context=True)
def moment(context: RequestContext, value: str) -> str:
    """A time as an entry of the journal writes it, in words."""
    return at_time(words_of(context), value)


@register.simple_tag(takes_context=True)
def day(context: RequestContext, value: Any) -> str:
    """A day, on the institution's own clock."""
    if isinstance(value, datetime):
        value = value.astimezone(context["office"].zone)
    return on_day(words_of(context), value) if value else ""


@register.simple_tag(takes_context=True)
def period(context: RequestContext, value: str) -> str:
    """A month or a week in words."""
    return in_period(words_of(context), value)


@register.simple_tag
def url(name: str, *args: Any) -> str:
    """The address of a page by its name, as Django's own tag gives it, but looked up once."""
    return address(name, *args)


@register.simple_tag(takes_context=True)
def clause(context: RequestContext, citation: Citation | None) -> SafeString | str:
    """A clause as a link to where it stands in the charter, marked when it is a default."""
    if citation is None:
        return ""
    return format_html(
        '<a class="clause{}" href="{}#{}" title="{}{}">{}{}</a>',
        " general" if citation.general else "",
        address("charter", citation.body),
        quote(citation.label),
        citation.title,
        f" · {citation.reading}" if citation.reading else "",
        f"{words_of(context).text('page.clause.general')} " if citation.general else "",
        citation.label,
    )


@register.simple_tag(takes_context=True)
def status(context: RequestContext, table: str, key: str) -> SafeString:
    """A state as a coloured tag: `{% status "item" item.status %}`."""
    words = words_of(context)
    said = words.word(f"states.{table}", key)
    said = said if said != key else words.word(table, key)
    return format_html('<span class="tag {}-{}">{}</span>', table, key, said)


@register.simple_tag(takes_context=True)
def subject_name(context: RequestContext, kind: str, key: str) -> str:
    """What people call a subject: the title of an item, the words of a task."""
    words = words_of(context)
    return str(words.sentence(Message(f"page.named_{kind}", {"s": key}), context["office"].names))


@register.inclusion_tag("web/rules.html", takes_context=True)
def rules_of(context: RequestContext, form: Any) -> dict[str, Any]:
    """The rules that will judge an act, each in one sentence, with its clause."""
    words = words_of(context)
    return {**beside(form, words), "catalogue": words, "office": context["office"]}


@register.inclusion_tag("web/offers.html", takes_context=True)
def acts_on(
    context: RequestContext, only: str = "", without: str = "", **subject: str
) -> dict[str, Any]:
    """Buttons for what may be done about a subject, and why not, for what is one's own but not yet.

    `only` and `without` name acts, separated by blanks.
    """
    office = context["office"]
    offers, held_back = offered(office, subject, only.split(), without.split())
    return {
        "offers": offers,
        "held_back": held_back,
        "office": office,
        "catalogue": words_of(context),
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("web/act_form.html", takes_context=True)
def act_form(context: RequestContext, name: str, **subject: str) -> dict[str, Any]:
    """The form for an act in the middle of a page."""
    office = context["office"]
    return {
        "form": form_for(office, name, subject, subject),
        "inline": True,
        **(_recording(context) if name == "note_record" else {}),
        "prefix": f"{name}-",
        "back": context["request"].get_full_path(),
        "office": office,
        "catalogue": words_of(context),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def part(context: RequestContext, name: str) -> SafeString:
    """A part of a meeting in progress: as all of the kind see it, or with one's own in between."""
    frame, mixed = context["frame"], name in (context.get("mixed") or ())
    said = frame.parts[name]
    if mixed:
        page: Any = context.flatten()
        said = render_to_string(f"sittings/parts/{name}.html", page, context["request"])
    return format_html(
        '<div data-part="{}" data-digest="{}"{}>{}</div>',
        name,
        frame.digests[name],
        " data-mixed" if mixed else "",
        mark_safe(said),
    )


@register.filter
def epoch(value: datetime) -> int:
    """A time as the seconds that a script counts in."""
    return int(value.timestamp())


def _recording(context: Context) -> dict[str, Any]:
    """What the form of a note has besides in a room: phrases, a key to it, and what it is about."""
    words, talk = words_of(context), context.get("talk")
    return {
        "chips": (context.get("phrases") or {}).get("record"),
        "accesskey": "j",
        "about": words.word("acts", "note_record"),
        "where": words.text("page.sittings.item_at", n=talk.line.place) if talk else "",
    }


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value of a key in any mapping."""
    return mapping.get(key) if mapping else None


@register.inclusion_tag("documents/links.html", takes_context=True)
def take_along(
    context: RequestContext, name: str, subject: str, about: str | None = None, called: str = ""
) -> dict[str, Any]:
    """Where a paper is to be had: `{% take_along "minutes" sitting.id %}`, as PDF and for Word.

    `called` is its own name where it has another than others of its kind.
    """
    route, given = ("document_about", (subject, about)) if about else ("document", (subject,))
    found: dict[str, Any] = {"called": called}
    found |= {form: address(route, name, *given, form) for form in ("pdf", "docx")}
    of = (context["office"], name, subject)
    kept = digest_of(*of, OWN, about or "")
    if kept or own_of(*of):
        found["own"] = address(route, name, *given, OWN)
        found["another"] = not kept and went_out(*of, about or "")
    return {"name": name, "catalogue": words_of(context), "office": context["office"], **found}
