"""`chitieu`: what people type. Vietnamese unless CHITIEU_LANGUAGE=en or --language en.

What a command needs to work is imported when it runs: the help and the status are there in an instant.
"""

import sys
from collections.abc import Callable

import typer

from chitieu.backup_command import backup_command, restore_command
from chitieu.command_help import HelpedCommand, HelpedGroup, error_lines
from chitieu.command_line import help_text
from chitieu.corrections_command import corrections_app
from chitieu.doctor_command import doctor_command, logs_command
from chitieu.ingest_command import ingest_command, publish_command, retry_command
from chitieu.quarantine_command import prefer_command, quarantine_app, withdraw_command
from chitieu.review_command import review_command
from chitieu.serve_command import serve_command
from chitieu.status_command import status_command
from chitieu.table_command import tables_command
from chitieu.user_command import user_app

COMMANDS: dict[str, Callable[..., None]] = {
    "ingest": ingest_command,
    "serve": serve_command,
    "review": review_command,
    "status": status_command,
    "tables": tables_command,
    "publish": publish_command,
    "retry": retry_command,
    "withdraw": withdraw_command,
    "prefer": prefer_command,
    "doctor": doctor_command,
    "logs": logs_command,
    "backup": backup_command,
    "restore": restore_command,
}
GROUPS = {"quarantine": quarantine_app, "corrections": corrections_app, "user": user_app}

app = typer.Typer(
    cls=HelpedGroup,
    help=help_text("app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip
for name, command in COMMANDS.items():
    app.command(name, cls=HelpedCommand, help=help_text(name))(command)
for name, group in GROUPS.items():
    app.add_typer(group, name=name, help=help_text(name))


def main() -> None:
    """The command `chitieu`."""
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        for line in error_lines(error):
            typer.echo(line, err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
