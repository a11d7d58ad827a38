"""Scripts, style and icon of the pages: held in memory, and kept by browsers until they change."""

from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

FINGERPRINT_DIGITS = 12
KEPT = "public, max-age=31536000, immutable"
NOT_KEPT = "no-cache"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Assets:
    """The files of a folder; their addresses have a fingerprint of them all, since scripts name each other."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in MEDIA_TYPES}
        everything = sha256()
        for name, data in self._files.items():
            everything.update(name.encode() + b"\0" + data)
        self.fingerprint = everything.hexdigest()[:FINGERPRINT_DIGITS]

    def address(self, name: str) -> str:
        """Where a file is had. Raises KeyError where there is none."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self.fingerprint}/{name}"

    def answer(self, fingerprint: str, name: str) -> Response:
        """A file; one that an older page asks for is the present one. Raises HTTPException 404 where there is none."""
        data = self._files.get(name)
        if data is None:
            raise HTTPException(404, "no such file")
        kept = KEPT if fingerprint == self.fingerprint else NOT_KEPT
        return Response(data, media_type=MEDIA_TYPES[Path(name).suffix], headers={"Cache-Control": kept})


ASSETS = Assets(Path(__file__).parent / "static")
router = APIRouter(include_in_schema=False)


@router.get("/static/{fingerprint}/{name}")
async def asset(fingerprint: str, name: str) -> Response:
    """A script, the style or the icon."""
    return ASSETS.answer(fingerprint, name)
