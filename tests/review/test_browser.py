"""The review page in a real browser: hands on the keyboard, nothing lost, nothing asked twice."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chitieu.settings import load_settings
from chitieu.store import ReviewRow, open_store
from tests.builders import DOCUMENT_ID
from tests.review.conftest import fill, row, sound
from tests.review.serving import Served, serving, start

pytestmark = pytest.mark.browser
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
# A slow machine is no fault of the page.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_store(load_settings(tmp_path).store_url) as store:
        fill(store, tmp_path, (row(1), row(2), row(3), sound(4)))
    return tmp_path


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    with serving(home) as running:
        yield running


def stored(home: Path, document_id: str = DOCUMENT_ID) -> tuple[ReviewRow, ...]:
    with open_store(load_settings(home).store_url) as store, store.snapshot() as snapshot:
        return snapshot.review_rows(document_id)


def open_review(browser: Browser, served: Served, path: str = "/review", name: str = "") -> Page:
    """A page in a browser of its own; an error in a script fails the test."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(served.address + path)
    if name:
        page.on("dialog", lambda dialog: dialog.accept(name))
        page.click("#who")
        expect(page.locator("#who")).to_contain_text(name)
    expect(page.locator("#place")).to_be_focused()
    return page


def place(page: Page) -> str:
    return page.locator("#place").inner_text()


def press_and_wait(page: Page, key: str) -> None:
    """Press a key and wait for another row."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)


def test_a_reading_is_taken_by_its_number_and_the_row_accepted_by_enter(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    expect(page.locator(".field.active textarea")).to_have_value("> 90")
    page.keyboard.press("2")
    expect(page.locator(".field.active textarea")).to_have_value("≥ 90")
    expect(page.locator(".field.active .meaning")).to_have_text("từ 90 % trở lên")
    press_and_wait(page, "Enter")
    first, *_ = stored(home)
    assert (first.indicator.value_text, first.status) == ("≥ 90", "corrected")
    expect(page.locator("#count")).to_have_text("còn 2/3")


def test_single_keys_are_letters_while_a_field_has_the_focus(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    page.keyboard.press("Tab")
    expect(page.locator(".field.active")).to_have_attribute("data-field", "agency")
    page.keyboard.press("Tab")  # no further doubt: the last one is edited
    expect(page.locator("#field-agency")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator("#mode")).to_have_text("ĐANG SỬA")
    page.keyboard.press("Control+a")
    page.keyboard.type("Sở xx suug")
    page.keyboard.press("Alt+1")
    expect(page.locator("#field-agency")).to_have_value("Sở xx suug≥")
    page.keyboard.press("Escape")
    expect(page.locator("#mode")).to_have_text("LỆNH")
    assert {one.status for one in stored(home)} == {"unreviewed"}


def test_what_is_typed_means_something_at_once_and_outlives_the_browser(browser: Browser, served: Served):
    page = open_review(browser, served)
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("từ 9o")
    expect(page.locator(".field.active .meaning")).to_have_class("meaning strange")
    page.keyboard.press("Backspace")
    page.keyboard.type("0 trở lên")
    expect(page.locator(".field.active .meaning")).to_have_text("từ 90 % trở lên")
    page.reload()
    expect(page.locator(".field.active textarea")).to_have_value("từ 90 trở lên")


def test_undo_goes_back_to_the_row_as_it_was(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    first = place(page)
    press_and_wait(page, "x")
    assert stored(home)[0].status == "rejected"
    press_and_wait(page, "u")
    assert place(page) == first
    assert stored(home)[0].status == "unreviewed"


def test_skipping_asks_for_a_note_and_goes_on(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    page.keyboard.press("s")
    page.keyboard.type("hỏi lại Sở Tài chính")
    press_and_wait(page, "Enter")
    assert stored(home)[0].put_off == "skipped"
    press_and_wait(page, "k")
    expect(page.locator("#said")).to_contain_text("hỏi lại Sở Tài chính")


def test_the_same_reading_is_put_right_in_other_rows_at_once(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    page.keyboard.press("2")
    page.keyboard.press("g")
    expect(page.locator("#same-rows label")).to_have_count(2)
    page.locator("#same-rows input").nth(1).uncheck()
    page.locator("#same-ok").press("Enter")
    expect(page.locator("#notice")).to_contain_text("1 dòng")
    assert [one.indicator.value_text for one in stored(home)] == ["> 90", "≥ 90", "> 90", "≥ 90"]


def test_rows_that_were_put_right_with_others_are_not_asked_again(browser: Browser, home: Path):
    rows = [replace(row(number), flags=row(number).flags[:1]) for number in (1, 2, 3)]
    with open_store(load_settings(home).store_url) as store:
        fill(store, home, (*rows, sound(4)))
    with serving(home) as served:
        page = open_review(browser, served)
        page.keyboard.press("2")
        page.keyboard.press("g")
        expect(page.locator("#same-rows label")).to_have_count(2)
        page.locator("#same-ok").press("Enter")
        expect(page.locator("#notice")).to_contain_text("2 dòng")
        expect(page.locator("#count")).to_have_text("còn 1/3")
        page.keyboard.press("Enter")
        expect(page.locator("#empty")).to_be_visible()
        expect(page.locator("#left")).to_have_text("")


def test_filters_that_no_row_matches_are_told_from_an_empty_queue(browser: Browser, served: Served):
    page = open_review(browser, served)
    page.goto(f"{served.address}/?flag=uncertain_join")
    expect(page.locator("#none-matches")).to_be_visible()
    expect(page.locator("#all-done")).to_be_hidden()
    page.locator("#none-matches a").click()
    expect(page.locator("#place")).to_be_visible()


def test_two_browsers_collide_and_nobody_loses_text(browser: Browser, served: Served, home: Path):
    first = open_review(browser, served, f"/review?row={DOCUMENT_ID}:0", name="Lan")
    second = open_review(browser, served, f"/review?row={DOCUMENT_ID}:0", name="Minh")
    expect(second.locator("#notice")).to_contain_text("Lan")
    second.keyboard.press("e")
    second.keyboard.press("Control+a")
    second.keyboard.type("≥ 99")
    first.keyboard.press("2")
    press_and_wait(first, "Enter")
    second.keyboard.press("Enter")
    expect(second.locator("#conflict")).to_contain_text("Lan")
    expect(second.locator("#conflict")).to_contain_text("≥ 90")
    expect(second.locator(".field.active textarea")).to_have_value("≥ 99")
    assert stored(home)[0].indicator.value_text == "≥ 90"
    second.locator("#place").focus()
    press_and_wait(second, "Enter")
    assert stored(home)[0].indicator.value_text == "≥ 99"


def test_a_server_that_is_gone_is_said_and_the_save_comes_later(browser: Browser, home: Path):
    served = start(home)
    port = int(served.address.rpartition(":")[2])
    page = open_review(browser, served)
    page.keyboard.press("2")
    served.kill()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Chưa lưu được")
    assert stored(home)[0].status == "unreviewed"
    with serving(home, port):
        expect(page.locator("#count")).to_have_text("còn 2/3")
    assert stored(home)[0].indicator.value_text == "≥ 90"


@pytest.mark.parametrize(
    "path", ["/review", "/documents", f"/documents/{DOCUMENT_ID}", "/data", "/overview", "/check", "/learned"]
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_for_everybody(browser: Browser, served: Served, path: str, theme: str):
    page = browser.new_page(color_scheme=theme)
    page.set_default_timeout(PATIENCE_MS)
    page.goto(served.address + path)
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"]) for one in found if one["impact"] in ("serious", "critical")] == []
    page.close()


@pytest.mark.parametrize("size", [(1366, 768), (3840, 2160), (683, 384)])
def test_nothing_runs_out_of_the_page(browser: Browser, served: Served, size: tuple[int, int]):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{served.address}/review")
    expect(page.locator("#place")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The doubtful cell is in sight, its print large enough to tell ế from ể.
    expect(page.locator(".cell-box").first).to_be_in_viewport()
    page.close()


@pytest.mark.parametrize("path", ["/review", "/documents", "/data", "/overview", "/check", "/learned"])
def test_on_a_phone_nothing_runs_out_of_the_page_and_the_keys_take_one_line(
    browser: Browser, served: Served, path: str
):
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(served.address + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if path == "/review":
        expect(page.locator(".cell-box").first).to_be_in_viewport()
        assert page.locator("#keys").bounding_box()["height"] < 64
        page.get_by_role("button", name="thiếu dòng").tap()
        dialog, field = (page.locator(name).bounding_box() for name in ("#missing", "#missing [name=indicator]"))
        assert field["x"] + field["width"] <= dialog["x"] + dialog["width"]
        page.locator("#missing [data-close]").tap()
        before = page.url
        page.get_by_role("button", name="đúng, tiếp").tap()
        page.wait_for_url(lambda url: url != before)
    context.close()


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two first decisions, read from bad scans."""
    home = tmp_path_factory.mktemp("samples")
    ingest(home, SAMPLES / "bad")
    return home


@pytest.mark.ocr
def test_the_pages_as_people_see_them(browser: Browser, sample_home: Path, tmp_path: Path):
    """`make screenshots` puts these pictures into docs/."""
    folder = Path(os.environ.get("CHITIEU_SCREENSHOTS") or tmp_path)
    with serving(sample_home) as served:
        page = open_review(browser, served)
        expect(page.locator(".cell-box").first).to_be_in_viewport()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / "review.png")
        document = page.locator("#to-page").get_attribute("href")
        for name, path in (("document", document), ("overview", "/overview"), ("data", "/data")):
            page.goto(served.address + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"review-{name}.png")
        page.close()
    assert all(path.stat().st_size > 20_000 for path in folder.glob("review*.png"))


@pytest.mark.ocr
def test_ten_rows_of_the_samples_are_corrected_by_keyboard_and_stay_corrected(
    browser: Browser, sample_home: Path, tmp_path: Path
):
    """Scans, both engines, store, page, dataset: what a reviewer types is published, and survives a new reading."""
    shutil.copytree(sample_home, tmp_path, dirs_exist_ok=True)
    with open_store(load_settings(tmp_path).store_url) as store, store.snapshot() as snapshot:
        queue = [(one.document_id, one.position) for one in snapshot.open_rows(by_document=True)]
        others = [(one.document.document_id, at) for one in snapshot.documents() for at in range(one.rows)]
    assert queue, "the samples have no doubtful row any more: take worse ones"
    chosen = [*queue, *(one for one in others if one not in queue)][:10]
    with serving(tmp_path) as served:
        for number, (document_id, position) in enumerate(chosen):
            page = open_review(browser, served, f"/review?row={document_id}:{position}")
            give_value(page, f"≥ {number + 40},5")
            page.close()
    run("publish", tmp_path)
    published = (tmp_path / "output" / "indicators.csv").read_text(encoding="utf-8")
    ingest(tmp_path, SAMPLES / "bad", "--force")
    assert (tmp_path / "output" / "indicators.csv").read_text(encoding="utf-8") == published
    for number, (document_id, position) in enumerate(chosen):
        one = stored(tmp_path, document_id)[position]
        assert (one.indicator.value_text, one.indicator.flags) == (f"≥ {number + 40},5", ())
        assert f"≥ {number + 40},5" in published


def give_value(page: Page, text: str) -> None:
    """Write a value and accept the row, by keys alone."""
    fields = [one.get_attribute("data-field") for one in page.locator(".field").all()]
    for _ in fields:
        page.keyboard.press("ArrowUp")
    for _ in range(fields.index("value_text")):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".field.active")).to_have_attribute("data-field", "value_text")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    press_and_wait(page, "Enter")


def ingest(home: Path, samples: Path, *options: str) -> None:
    run("ingest", home, "--direct", str(samples), *options)


def run(command: str, home: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chitieu.cli", command, "--home", str(home), *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_acknowledged_save_outlives_a_power_cut(browser: Browser, home: Path):
    """Five rounds; the rest: benchmarks/REVIEW.md."""
    for number in range(1, 6):
        served = start(home)
        page = open_review(browser, served, f"/review?row={DOCUMENT_ID}:0")
        give_value(page, f"≥ {number}")
        served.kill()
        assert stored(home)[0].indicator.value_text == f"≥ {number}"
        page.close()


def test_the_next_row_is_there_before_it_is_asked_for(browser: Browser, served: Served):
    """How long a key takes: benchmarks/REVIEW.md."""
    page = open_review(browser, served)
    page.wait_for_load_state("networkidle")
    page.route("**/api/rows/**", lambda _route: None)  # never answered from now on
    first = place(page)
    press_and_wait(page, "Enter")
    second = place(page)
    press_and_wait(page, "Enter")
    assert len({first, second, place(page)}) == 3


def test_a_missing_row_is_added_by_keys_and_taken_out_again(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    page.keyboard.press("n")
    page.keyboard.type("1a")
    page.keyboard.press("Tab")
    page.keyboard.type("Tỷ lệ hộ dùng nước sạch")
    for text in ("%", "≥ 95"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Tỷ lệ hộ dùng nước sạch")
    assert [(one.indicator.code, one.indicator.value_text) for one in stored(home)][:2] == [
        ("1", "> 90"),
        ("1a", "≥ 95"),
    ]
    page.locator("#place").focus()
    page.keyboard.press("u")
    expect(page.locator("#notice")).to_contain_text("Đã bỏ")
    assert stored(home)[1].status == "rejected"


def test_a_documents_date_is_corrected_by_keys_and_stands_over_its_rows(browser: Browser, served: Served, home: Path):
    page = open_review(browser, served)
    page.keyboard.press("d")
    expect(page.locator("#identity-document_number")).to_be_focused()
    page.keyboard.type("1140/QĐ-UBND")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("32/7/2025")
    page.keyboard.press("Enter")
    expect(page.locator("#identity-conflict")).to_contain_text("9/7/2025")
    page.keyboard.press("Control+a")
    page.keyboard.type("10/7/2025")
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_contain_text("1140/QĐ-UBND")
    with open_store(load_settings(home).store_url) as store, store.snapshot() as snapshot:
        held = snapshot.document(DOCUMENT_ID).document
    assert (held.number, held.date.isoformat()) == ("1140/QĐ-UBND", "2025-07-10")


def test_every_cell_of_a_page_is_outlined_and_tells_what_was_read(browser: Browser, served: Served):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{served.address}/documents/{DOCUMENT_ID}")
    expect(page.locator("#p2 .cells rect")).to_have_count(10)
    box = page.locator("#p2").bounding_box()
    page.locator("#p2").hover(position={"x": box["width"] * 80 / 595, "y": box["height"] * 130 / 842})
    expect(page.locator("#p2")).to_have_attribute("title", "STT")
    page.locator("#p2 a").first.click()
    expect(page.locator("#place")).to_be_focused()
    page.close()
