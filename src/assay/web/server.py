"""A server on the loopback address, from the moment its port is bound until Ctrl-C."""

import errno
import os
import socket
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

import uvicorn

from assay.engine import work
from assay.engine.explain import Explainer
from assay.engine.eyes import eyes, looking
from assay.evidence.case_folder import CaseFolder
from assay.model.errors import UsageError
from assay.web.application import application
from assay.web.explanation import known_ids
from assay.web.guard import Guard
from assay.web.report_folder import ReportFolder
from assay.web.session import LOOPBACK, Session

MAX_WAITING_BYTES = 32 * 1024
"""Most bytes of a request that are kept while its end has not come."""
MAX_CONNECTIONS = 64


class Server:
    """Serves one case. The port is bound when it is made; requests wait until `run`."""

    def __init__(self, guard: Guard, bound: socket.socket, session: Session, until: ExitStack, *, styled: bool) -> None:
        """Use `over`."""
        self._until = until
        self._guard = guard
        self._bound = bound
        self._session = session
        self.styled = styled
        self.url = session.start_url
        self.port = session.port

    @classmethod
    def over(cls, root: Path, port: int, *, allow_unsandboxed: bool = False) -> Self:
        """Judge the case at `root`, start who looks at its evidence, and bind the port; 0 is any free one.

        Raises: CaseError, UsageError, SandboxError.
        """
        case = CaseFolder.open(root)
        with ExitStack() as until:
            seeing = until.enter_context(eyes(case, looking(allow_unsandboxed=allow_unsandboxed)))
            results = work.results(case)
            folder = ReportFolder.at(case.root)
            bound = until.enter_context(_bind(port))
            session = Session.begin(bound.getsockname()[1])
            app = application(folder, Explainer(case, results, seeing).explain, known_ids(results), results.title)
            return cls(Guard(app, session), bound, session, until.pop_all(), styled=folder.styled)

    def run(self) -> None:
        """Answer requests until the process is interrupted, which is how this ends and no failure."""
        config = uvicorn.Config(
            self._guard,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=MAX_WAITING_BYTES,
        )
        with self._until, suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[self._bound])


def _bind(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        why = os.strerror(error.errno or errno.EADDRNOTAVAIL)
        raise UsageError(f"--port {port}", f"cannot be listened on ({why})", "Name another port, or 0.") from None
