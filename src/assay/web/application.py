"""The pages and their addresses: the report, its files, and an explanation of each id."""

import asyncio
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from assay.model.errors import UsageError
from assay.model.text import from_str
from assay.web.explanation import Line, lines
from assay.web.pages import FAILURES, failure, page
from assay.web.report_folder import ReportFolder

MAX_NAME = 2_000
"""Most characters of an id that is looked up."""

Explain = Callable[[str], Iterable[str]]


def application(folder: ReportFolder, explain: Explain, known: frozenset[str], title: str) -> Starlette:
    """Return the application without its guard (`assay.web.guard`), which it needs before it is served."""
    pages = Pages(folder, explain, known, title)
    routes = (
        Route("/", pages.report),
        Route("/report", pages.files),
        Route("/report/{name}", pages.file),
        Route("/explain", pages.ask),
        Route("/explain/{name:path}", pages.explained),
    )
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _failed})
    app.router.redirect_slashes = False
    return app


class Pages:
    """Answers the requests for one case."""

    def __init__(self, folder: ReportFolder, explain: Explain, known: frozenset[str], title: str) -> None:
        """Take the report, what explains an id, the ids that stand in links, and the title of the case."""
        self._front = folder.leading_on(known)
        self._files = folder.files
        self._explain = explain
        self._known = known
        self._title = title
        self._one_at_a_time = asyncio.Lock()

    async def report(self, _request: Request) -> Response:
        """Answer with the report's page."""
        return HTMLResponse(self._front)

    async def files(self, _request: Request) -> Response:
        """Answer with the names of the report's other files."""
        return page("files.html.j2", title=self._title, names=tuple(self._files))

    async def file(self, request: Request) -> Response:
        """Answer with a file to be saved; its name is compared with those known, never looked up on disk."""
        path = self._files.get(request.path_params["name"])
        if path is None or not _is_there(path):
            raise HTTPException(404)
        return FileResponse(path, media_type="application/octet-stream", filename=path.name)

    async def ask(self, request: Request) -> Response:
        """Answer with the form, or with what it asks for."""
        name = request.query_params.get("id", "").strip()
        if name:
            return await self._explanation(name)
        return page("ask.html.j2", title=self._title)

    async def explained(self, request: Request) -> Response:
        """Answer with the explanation of the id in the path."""
        return await self._explanation(request.path_params["name"])

    async def _explanation(self, name: str) -> Response:
        if len(name) > MAX_NAME:
            raise HTTPException(404)
        async with self._one_at_a_time:
            found = await run_in_threadpool(self._lines, from_str(name))
        return page("explanation.html.j2", title=self._title, name=name, lines=found)

    def _lines(self, name: str) -> tuple[Line, ...]:
        try:
            return tuple(lines(self._explain(name), self._known))
        except UsageError:
            raise HTTPException(404) from None


def _is_there(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


async def _refused(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return failure(status if status in FAILURES else 404)


async def _failed(_request: Request, _error: Exception) -> Response:
    return failure(500)
