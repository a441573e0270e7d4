"""Data: a page with .json, .csv or .md behind its address: the same facts, from the same resources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from colead.web.api import shapes
from colead.web.api.call import MOST, USUAL, Call
from colead.web.api.problem import Problem
from colead.web.api.routes import Route, every
from colead.web.areas.scope import AreaScoped
from colead.web.keeping.table import lines

FORMS = ("json", "csv", "md")
KINDS = {"csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8"}
_MARKS = str.maketrans({one: f"\\{one}" for one in "\\`*_[]<>|#!"} | {"\n": " ", "\r": " "})


class DataView(AreaScoped):
    """A page's facts in one of the forms."""

    takes_tokens = True
    found: Route | None = None  # given by as_view
    form = "json"

    def get(self, request: HttpRequest, **told: Any) -> HttpResponse:
        """The facts, in parts where they are many; the header Link says where they go on."""
        assert self.found is not None  # noqa: S101 - given by as_view
        call = Call(request, self.person, self.area.slug, usual=USUAL if self.form == "json" else MOST)
        call.__dict__["membership"] = self.membership
        names = [name for _, name in self.found.parts][1:]
        parts = dict(zip(names, list(told.values())[1:], strict=True))
        try:
            facts = shapes.told(self.found.act(call, **parts))
        except Problem as problem:
            return problem.answer()
        answer = self._answer(facts)
        if self.found.many and facts["next"]:
            asked = {one.name: request.GET[one.name] for one in self.found.asks if one.name in request.GET}
            more = urlencode({**asked, "cursor": facts["next"]})
            answer["Link"] = f'<{request.path}?{more}>; rel="next"'
        return answer

    def _answer(self, facts: Any) -> HttpResponse:
        if self.form == "json":
            return JsonResponse(facts, safe=False)
        assert self.found is not None  # noqa: S101 - given by as_view
        rows = facts["items"] if self.found.many else facts[self.found.rows] if self.found.rows else [facts]
        made = _csv(rows) if self.form == "csv" else _table(rows) if self.found.many else _prose(facts)
        answer = HttpResponse("".join(made), content_type=KINDS[self.form])
        answer["Content-Disposition"] = f'attachment; filename="{self.found.name}.{self.form}"'
        return answer


def _plain(value: Any) -> Any:
    """What fits into a cell."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _csv(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    head = list(rows[0]) if rows else []
    return lines(head, ([_plain(one[name]) for name in head] for one in rows))


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    head = list(rows[0]) if rows else []
    yield _row(head)
    yield f"{'| --- ' * len(head)}|\n"
    yield from (_row(_plain(one[name]) for name in head) for one in rows)


def _row(cells: Iterable[Any]) -> str:
    return f"| {' | '.join(map(_marked, cells))} |\n"


def _marked(told: Any) -> str:
    """Plain words; none of them is Markdown."""
    return "" if told is None else str(told).translate(_MARKS)


def _prose(facts: dict[str, Any]) -> Iterator[str]:
    """One thing: a line for each member, a table below for one that holds several."""
    tables = {name: value for name, value in facts.items() if _several(value)}
    for name, value in facts.items():
        if name not in tables:
            yield f"- **{_marked(name)}**: {_marked(_plain(value))}\n"
    for name, value in tables.items():
        yield f"\n## {_marked(name)}\n\n"
        yield from _table(value)


def _several(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


@cache
def pages() -> dict[str, Route]:
    """The resources that stand behind pages, by the names of the pages."""
    return {one.page: one for one in every() if one.page}


def doors(request: HttpRequest) -> list[tuple[str, str]]:
    """The forms of a page with data, each with its address; none of another page."""
    match = request.resolver_match
    route = pages().get(match.url_name or "") if match else None
    if route is None:
        return []
    asked = {one.name: request.GET[one.name] for one in route.asks if one.name in request.GET}
    behind = f"?{urlencode(asked)}" if asked else ""
    return [(form, f"{request.path.rstrip('/')}.{form}{behind}") for form in FORMS]


def forms_of(patterns: Sequence[Any]) -> list[URLPattern]:
    """The addresses of all pages with facts, in each form."""
    known, found = pages(), []
    for one in patterns:
        route = known.get(one.name or "") if isinstance(one, URLPattern) else None
        if route is not None:
            there = str(one.pattern).rstrip("/")
            found += [path(f"{there}.{form}", DataView.as_view(found=route, form=form)) for form in FORMS]
    return found
