# Every target sets up what it needs first; all are safe to repeat.
.PHONY: help run test check bench reader golden screenshots faults power nasty large calibrate bundle lock setup clean
.DEFAULT_GOAL := help
BIN := .venv/bin

help:
	@echo 'make run    cài đặt rồi xử lý hai văn bản mẫu vào output/ · set up, then read the two sample decisions into output/'
	@echo 'make test   cài đặt rồi kiểm tra tất cả · set up, then check everything'
	@echo 'make check  chỉ kiểm tra tĩnh · lint, types and imports alone'
	@echo 'make bench  đo độ chính xác và tốc độ · measure accuracy and speed into benchmarks/RESULTS.md'
	@echo 'make reader huấn luyện lại bộ đọc chữ (10 phút) · go on training the reader (10 minutes; training/README.md)'
	@echo 'make calibrate tính lại độ tin cậy (1 giờ 30 phút) · find the weights of the confidence anew (90 minutes; benchmarks/CALIBRATION.md)'
	@echo 'make golden ghi lại kết quả mẫu để so sánh · write tests/golden anew; read the difference before you commit it'
	@echo 'make faults dừng đột ngột 260 lần rồi xem có mất gì không · pull the plug 260 times and see whether anything is lost'
	@echo 'make power  cắt điện 100 lần giữa lúc lưu trên trang duyệt · kill the review server 100 times in the middle of saves'
	@echo 'make nasty  đọc hơn 100 tệp hỏng đủ kiểu · read more than 100 files that are wrong in every way'
	@echo 'make large  đo kho dữ liệu lớn: 10.000 văn bản · measure a store with 10,000 documents and 500,000 rows'
	@echo 'make screenshots chụp lại trang duyệt cho tài liệu · take the pictures of the review page in docs/ anew'
	@echo 'make bundle gói cài đặt cho máy không có mạng · one archive for a PC that never sees the internet'
	@echo 'make lock   tính lại requirements.lock · resolve requirements.lock anew (ARGS="--upgrade-package NAME")'
	@echo 'make clean  xóa .venv và bộ nhớ đệm, không đụng tới dữ liệu · remove .venv and caches, never data'

run:
	@scripts/setup.sh run
	$(BIN)/chitieu ingest --home . samples/office

test:
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory static
	$(BIN)/python -m pytest

check:
	@scripts/setup.sh run
	@$(MAKE) --no-print-directory static

power:
	@scripts/setup.sh test
	$(BIN)/python -m benchmarks.power_cuts

.PHONY: static
static:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench:
	@scripts/setup.sh run
	$(BIN)/python -m benchmarks.run

reader:
	scripts/train_reader.sh

calibrate:
	scripts/calibrate.sh

golden:
	@scripts/setup.sh test
	$(BIN)/python -m tests.flows.goldens
	git diff --stat tests/golden

faults:
	@scripts/setup.sh run
	$(BIN)/python -m benchmarks.faults ingest
	$(BIN)/python -m benchmarks.faults serve --kills 60

nasty:
	@scripts/setup.sh run
	$(BIN)/python -m benchmarks.nasty

large:
	@scripts/setup.sh run
	$(BIN)/python -m benchmarks.large_store

screenshots:
	@scripts/setup.sh test
	CHITIEU_SCREENSHOTS=docs $(BIN)/python -m pytest -q tests/review/test_browser.py -k as_people_see_them

bundle:
	@scripts/setup.sh run
	scripts/bundle.sh

lock:
	scripts/lock.sh $(ARGS)

setup:
	@scripts/setup.sh test

# inbox/ archive/ quarantine/ output/ and the store are never touched here.
clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find chitieu extractors flows normalizers tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +
