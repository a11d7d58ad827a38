"""The report of a night as an e-mail, where the settings name a server for it."""

import smtplib
import socket
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from chitieu.settings import MailSecurity, Settings

SECONDS = 30.0


def is_wanted(settings: Settings) -> bool:
    """Whether reports are to be sent."""
    return bool(settings.smtp_host and settings.mail_to)


def send_mail(settings: Settings, subject: str, plain: str, html: str) -> None:
    """Send a message to all who get the reports. Raises OSError or SMTPException where the server does not take it."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = sender = settings.mail_from or f"chitieu@{settings.smtp_host}"
    message["To"] = ", ".join(settings.mail_to)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid("chitieu", sender.rpartition("@")[2])
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    with _connected(settings) as server:
        if settings.smtp_security is MailSecurity.STARTTLS:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(message, sender, settings.mail_to)


def _connected(settings: Settings) -> smtplib.SMTP:
    # Its own name is what this machine is called: left to itself, smtplib asks the network for it.
    place = (settings.smtp_host, settings.smtp_port, socket.gethostname())
    if settings.smtp_security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(*place, timeout=SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(*place, timeout=SECONDS)
