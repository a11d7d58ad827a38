"""Who may sign in to the review page."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from chitieu.store import schema


class UserRole(StrEnum):
    REVIEWER = "reviewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """An account; `password` is a hash of argon2, never the password."""

    name: str
    password: str
    role: UserRole
    made_at: str


def put_user(connection: Connection, user: User) -> None:
    """Add an account, or give the one of this name another password and role."""
    connection.execute(delete(schema.users).where(schema.users.c.name == user.name))
    connection.execute(insert(schema.users).values({name: getattr(user, name) for name in User.__slots__}))


def remove_user(connection: Connection, name: str) -> bool:
    """Take an account away; False where there is none."""
    return bool(connection.execute(delete(schema.users).where(schema.users.c.name == name)).rowcount)


def all_users(connection: Connection) -> tuple[User, ...]:
    """All accounts by name."""
    found = connection.execute(select(schema.users).order_by(schema.users.c.name)).mappings()
    return tuple(User(row["name"], row["password"], UserRole(row["role"]), row["made_at"]) for row in found)


def find_user(connection: Connection, name: str) -> User | None:
    """The account of this name; None where there is none."""
    return next((user for user in all_users(connection) if user.name == name), None)
