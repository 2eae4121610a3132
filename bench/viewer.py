"""A viewer without a browser: one websocket session of a Streamlit server here, its bytes counted."""

import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from bench.signing import COOKIE

REMEMBERED = 100


@dataclass
class Run:
    """What one run of a page cost the wire: seconds until the script ended, bytes received."""

    seconds: float
    received: int


@dataclass
class Viewer:
    """A session at `host:port`; asks for runs of a page and keeps what a browser would keep between them.

    token: the value of the session cookie of somebody who is signed in there.
    """

    address: str
    page: str
    query: str = ""
    token: str = ""
    socket: ClientConnection | None = None
    held: dict[str, None] = field(default_factory=dict)
    widgets: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __enter__(self) -> "Viewer":
        """Open the websocket; frames are not compressed, so that bytes are comparable."""
        url = f"ws://{self.address}/_stcore/stream"
        told = {"Cookie": f"{COOKIE}={self.token}"}
        options = {"subprotocols": ["streamlit"], "compression": None, "max_size": None}
        self.socket = connect(url, origin=f"http://{self.address}", additional_headers=told, **options)
        return self

    def __exit__(self, *_) -> None:
        """Close the websocket, which ends the session."""
        self.socket.close()

    def run(self, changed: dict[str, str] | None = None, timeout: float = 60) -> Run:
        """Ask for one run of the page and wait for its end; `changed` gives text values by widget id."""
        request = BackMsg()
        state = request.rerun_script
        state.page_name, state.query_string = self.page, self.query
        state.context_info.timezone, state.context_info.locale = "Asia/Makassar", "id-ID"
        state.cached_message_hashes.extend(self.held)
        for widget, value in (changed or {}).items():
            state.widget_states.widgets.add(id=widget, string_value=value)
        start, received = time.perf_counter(), 0
        self.socket.send(request.SerializeToString())
        started = ended = False
        while not ended:
            data = self.socket.recv(timeout=timeout)
            received += len(data)
            message = ForwardMsg.FromString(data)
            self._take(message)
            started = started or message.WhichOneof("type") == "new_session"
            ended = started and message.WhichOneof("type") == "script_finished"
        return Run(time.perf_counter() - start, received)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "page_not_found":
            self.faults.append(f"page not found: {self.page}")
        if kind != "delta":
            return
        if message.metadata.cacheable:
            self.held[message.hash] = None
            while len(self.held) > REMEMBERED:
                self.held.pop(next(iter(self.held)))
        element = message.delta.new_element
        of_type = element.WhichOneof("type")
        if of_type == "exception":
            self.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif of_type:
            shown = getattr(element, of_type)
            if getattr(shown, "id", ""):
                self.widgets[getattr(shown, "label", "") or of_type] = shown.id
