"""Whatever is sent to the API, it answers: no fault of the server is found by schemathesis."""

import tempfile
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from starlette.testclient import TestClient

from chitieu.review.desk import open_desk
from chitieu.review.server import create_app
from chitieu.settings import load_settings
from chitieu.store import open_store
from tests.builders import DOCUMENT_ID
from tests.review.conftest import HOST, fill, row, sound, token_of

_HOME = Path(tempfile.mkdtemp(prefix="chitieu-fuzzing-"))
_STORE = open_store(load_settings(_HOME).store_url)
fill(_STORE, _HOME, (row(1), row(2), sound(3)))
_APP = create_app(open_desk(load_settings(_HOME), _STORE, frozenset({HOST})))
_TOKEN = token_of(TestClient(_APP, base_url=f"http://{HOST}"))
schema = schemathesis.openapi.from_asgi("/api/openapi.json", _APP, headers={"Host": HOST})


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_server(case: schemathesis.Case) -> None:
    known = {"document_id": DOCUMENT_ID, "position": 0}
    if case.path_parameters:
        # Half of what is asked is asked of a row that there is.
        case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
    if isinstance(case.body, dict) and "document_id" in case.body:
        case.body = {**case.body, **known}
    case.call_and_validate(headers={"Host": HOST, "X-Chitieu-Token": _TOKEN}, checks=[not_a_server_error])
