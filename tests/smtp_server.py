"""A mail server for tests: takes what it is sent, on a port of this machine."""

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Mailbox:
    """What came in: who was named as receivers, and the messages."""

    port: int
    refuses: bool = False
    signed_in: list[bytes] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)


class Handler(socketserver.StreamRequestHandler):
    """One connection, as RFC 5321 has it, without what no client of ours says."""

    def handle(self) -> None:
        mailbox = self.server.mailbox
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "EHLO":
                self.say("250-test", "250 AUTH PLAIN")
            elif word == "AUTH":
                mailbox.signed_in.append(base64.b64decode(line.split()[2]))
                self.say("235 ok")
            elif word == "RCPT":
                mailbox.receivers.append(line.partition(":")[2])
                self.say("550 no" if mailbox.refuses else "250 ok")
            elif word == "DATA":
                self.say("354 go")
                mailbox.messages.append(message_from_bytes(self.read_message(), policy=policy.default))
                self.say("250 ok")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def read_message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.mailbox = Mailbox(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.mailbox
        finally:
            server.shutdown()
            thread.join()
