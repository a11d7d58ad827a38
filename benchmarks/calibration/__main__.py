"""Make documents, read them, fit the weights of the confidence, judge them on other documents.

usage: python -m benchmarks.calibration --set FOLDER [--fit N] [--judge N] [--qualities NAME,…]
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.calibration.examples import Example, examples_of
from benchmarks.calibration.figures import draw_reliability, draw_thresholds
from benchmarks.calibration.fitting import fit
from benchmarks.calibration.judging import judge
from benchmarks.calibration.reading import FIT_SEED, JUDGE_SEED, entries_of, read_set
from benchmarks.calibration.report import REPORT, write_report
from benchmarks.evaluation.making import make_files
from normalizers.confidence import MODEL, ConfidenceModel, UnfitModel, load_model
from normalizers.field_evidence import FEATURES, ROW_FIELDS

QUALITIES = "digital,office,fax,bad"
# What documents are read with before anything is known: it flags nothing.
UNFITTED = ConfidenceModel(dict.fromkeys(ROW_FIELDS, -7.0), dict.fromkeys(FEATURES, 0.0), 1.0, 0.0)


def main() -> None:
    """Go all the way; what a folder holds already is taken from there."""
    options = _options()
    qualities = options.qualities.split(",")
    if not _is_of_today():
        MODEL.write_text(_as_json(UNFITTED, []), encoding="utf-8")
    fitted = _examples(FIT_SEED, options.fit, options.set, qualities)
    judged = _examples(JUDGE_SEED, options.judge, options.set, qualities)
    model = fit(fitted)
    MODEL.write_text(_as_json(model, fitted), encoding="utf-8")
    rows = judge(judged, model)
    draw_reliability(rows)
    draw_thresholds(rows)
    REPORT.write_text(write_report(rows, _describe(fitted, FIT_SEED), _describe(judged, JUDGE_SEED)), encoding="utf-8")
    print(f"{MODEL}\n{REPORT}")


def _is_of_today() -> bool:
    """Whether the weights are of the features of today: documents cannot be read with others."""
    try:
        load_model(MODEL)
    except UnfitModel:
        return False
    return True


def _examples(seed: int, count: int, folder: Path, qualities: Sequence[str]) -> list[Example]:
    entries = entries_of(seed, count)
    make_files(entries, folder, qualities, processes=1)
    return examples_of(read_set(entries, folder, qualities))


def _describe(examples: Sequence[Example], seed: int) -> str:
    documents = len({example.document for example in examples})
    qualities = ", ".join(sorted({example.quality for example in examples}))
    return f"{documents} documents of seed {seed} ({qualities}: {len(examples)} rows)"


def _as_json(model: ConfidenceModel, fitted: Sequence[Example]) -> str:
    written = {
        "what": "log-odds that a field is wrong: its base and a weight for each doubt (normalizers/confidence.py)",
        "made_by": "make calibrate",
        "data": f"{_describe(fitted, FIT_SEED)}, made by benchmarks/maker",
        "bases": dict(model.bases),
        "weights": dict(model.weights),
        "row": {"slope": model.row_slope, "base": model.row_base},
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="where the documents and what was read of them stay")
    parser.add_argument("--fit", type=int, default=40, help="documents to fit on")
    parser.add_argument("--judge", type=int, default=30, help="documents to judge on")
    parser.add_argument("--qualities", default=QUALITIES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
