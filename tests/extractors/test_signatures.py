"""Digital signatures say who signed and when."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from chitieu.model import Box, Region
from extractors.signatures import parse_pdf_date, read_file_title, read_signatures
from tests.extractors.layered import HEIGHT, Layered, write_pdf

OFFICE, AUTHORITY = "Ủy ban nhân dân tỉnh Quảng Ngãi", "Chứng thực số"
NOW = datetime(2025, 2, 3, tzinfo=UTC)


def name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tỉnh Quảng Ngãi"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, "Quảng Ngãi"),
        ]
    )


def certificate(
    subject: str, issuer: str, signing: ec.EllipticCurvePrivateKey, key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    builder = x509.CertificateBuilder(name(issuer), name(subject), key.public_key(), 7)
    return builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1)).sign(signing, hashes.SHA256())


def signed(path: Path, contents: bytes, date: str) -> Path:
    """A page with a signature field that shows at the top right."""
    write_pdf(path, (Layered("So: 84/QD-UBND"),))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String(contents), M=pikepdf.String(date))
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="Signature1", V=value,
            Rect=[400, HEIGHT - 60, 580, HEIGHT - 20],
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(field)])
        pdf.save(path)
    return path


def test_the_signer_is_whom_the_last_certificate_of_the_chain_names(tmp_path):
    authority, office = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = certificate(AUTHORITY, AUTHORITY, authority, authority)
    own = certificate(OFFICE, AUTHORITY, authority, office)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"page").add_signer(own, office, hashes.SHA256())
    packed = builder.add_certificate(root).sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])
    path = signed(tmp_path / "signed.pdf", packed + bytes(500), "D:20250203104725+07'00'")
    (found,) = read_signatures(path)
    assert (found.signer, found.organisation, found.place) == (OFFICE, "Tỉnh Quảng Ngãi", "Quảng Ngãi")
    assert found.signed_at is not None
    assert found.signed_at.isoformat() == "2025-02-03T10:47:25+07:00"
    assert found.region == Region(1, Box(400, 20, 580, 60))


def test_a_signature_that_holds_no_certificate_still_says_when(tmp_path):
    (found,) = read_signatures(signed(tmp_path / "signed.pdf", bytes(100), "D:20250203"))
    assert (found.signer, found.signed_at) == ("", datetime(2025, 2, 3, tzinfo=UTC))


def test_files_without_signatures_have_none(tmp_path):
    assert read_signatures(write_pdf(tmp_path / "plain.pdf", (Layered("So:"),))) == ()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    assert read_signatures(tmp_path / "broken.pdf") == ()


def test_the_title_in_the_properties(tmp_path):
    path = write_pdf(tmp_path / "titled.pdf", (Layered("So:"),))
    assert read_file_title(path) == ""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"] = "Về việc giao chỉ tiêu"
        pdf.save(path)
    assert read_file_title(path) == "Về việc giao chỉ tiêu"


@pytest.mark.parametrize("text", ["", "2025", "D:20251340", "D:2025"])
def test_what_is_no_date_is_none(text):
    assert parse_pdf_date(text) is None
