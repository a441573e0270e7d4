"""Problem: how the API says that something did not work: RFC 9457, with a code and what it is about."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from colead.web.room import WHAT

KIND = "application/problem+json"
TITLES = {
    400: "This could not be read",
    401: "Sign in first",
    403: "Not yours to do",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "Somebody was faster",
    412: "Another version stands",
    413: "This is too large",
    415: "This is no JSON",
    422: "This does not fit",
    428: "Say over which version",
    500: "That did not work",
    507: "Nothing can be written",
}


class Problem(Exception):
    """A refusal as it is sent: a status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, detail: str, *, param: str = "", **more: object) -> None:
        """`param`: which part of the request it is about; `more`: what helps to go on."""
        super().__init__(detail)
        self.status, self.code, self.detail, self.param, self.more = status, code, detail, param, more

    @property
    def told(self) -> dict[str, object]:
        """The answer's members."""
        about = {"param": self.param} if self.param else {}
        title = TITLES.get(self.status, "That did not work")
        said = {"title": title, "status": self.status, "detail": self.detail, "code": self.code}
        return {"type": f"urn:colead:problem:{self.code}", **said, **about, **self.more}

    def answer(self, **headers: str) -> HttpResponse:
        """The answer itself."""
        return JsonResponse(self.told, status=self.status, content_type=KIND, headers=headers)


def unsaved(kind: str) -> Problem:
    """Nothing can be written: FULL or CLOSED."""
    why = f"{WHAT[kind].capitalize()}: nothing of this was saved. Send it again when that is mended."
    return Problem(507, kind, why)


def unknown_token() -> HttpResponse:
    """A token that lets nobody in."""
    why = "This token lets nobody in: it is unknown, too old, taken back, or may not do this."
    return Problem(401, "token", why, param="Authorization").answer(**{"WWW-Authenticate": "Bearer"})


@csrf_exempt
@login_not_required
def nothing(request: HttpRequest, **told: object) -> HttpResponse:
    """An address of the API that leads nowhere."""
    return Problem(404, "not-found", "The API has no such address.").answer()
