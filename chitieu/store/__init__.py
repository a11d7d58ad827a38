"""What was read, kept: one transaction per document, and the same reading saved twice is saved once.

Everything that is asked of the database stands in this package.
"""

from chitieu.store.checks import Check, CheckedCount
from chitieu.store.claiming import RENEW_SECONDS, Arrival, Waiting
from chitieu.store.history import DayChecks, DayCount
from chitieu.store.identities import IdentityChanged, identity_version
from chitieu.store.lessons import Unlearned
from chitieu.store.listing import DocumentName
from chitieu.store.queue import Progress
from chitieu.store.reading import Snapshot
from chitieu.store.records import FINISHED_STATES, DocumentRecord, DocumentState, IndicatorRecord, OpenRow, ReviewRow
from chitieu.store.review import RowChanged
from chitieu.store.searching import RowQuery
from chitieu.store.users import User, UserRole
from chitieu.store.writing import Store, open_store

__all__ = [
    "FINISHED_STATES",
    "RENEW_SECONDS",
    "Arrival",
    "Check",
    "CheckedCount",
    "DayChecks",
    "DayCount",
    "DocumentName",
    "DocumentRecord",
    "DocumentState",
    "IdentityChanged",
    "IndicatorRecord",
    "OpenRow",
    "Progress",
    "ReviewRow",
    "RowChanged",
    "RowQuery",
    "Snapshot",
    "Store",
    "Unlearned",
    "User",
    "UserRole",
    "Waiting",
    "identity_version",
    "open_store",
]
