"""Whether the preview can listen at a port, told before anything is built for it."""

from __future__ import annotations

import errno
import socket

from build_digest.errors import ConfigurationError

_LAST = 65535


def require_port(port: int) -> None:
    """Do nothing where this machine lets the preview listen at a port.

    Raises:
        ConfigurationError: there is no such port, or it is another program's.
    """
    place = f"--port {port}"
    if not 0 < port <= _LAST:
        raise ConfigurationError(place, "there is no such port", "Name one from 1024 to 65535.")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise ConfigurationError(
                    place, "the port is not free", "Name another one, as in `--port 8001`."
                ) from None
            raise
