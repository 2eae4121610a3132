# Cermin: `make run` untuk memakai, `make test` untuk menguji. `make` saja menampilkan daftar ini.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
ARGS ?=
WILAYAH ?= 64.08

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench picture clean

help:
	@echo "make run     pasang bila perlu, bangun gudang data, layani di http://127.0.0.1:$(PORT)"
	@echo "make demo    salinan sementara di mesin ini dengan satu akun tiap peran; sandinya dicetak"
	@echo "make test    pasang alat uji bila perlu, jalankan semua pengujian (Chromium termasuk)"
	@echo "make check   ruff: aturan dan susunan kode"
	@echo "make bench   ukur kecepatan dan ketelitian, tulis docs/benchmarks.md dan docs/simulasi.md (ARGS=--quick: singkat)"
	@echo "make picture ambil ulang docs/ringkasan.png dari produk"
	@echo "make clean   hapus .venv dan berkas sementara (data di CERMIN_DATA tidak disentuh)"

run: .venv/.installed
	@$(BIN)/python -m pipelines build
	@echo "Cermin: http://127.0.0.1:$(PORT)   (berhenti: Ctrl+C)"
	@address=$$($(BIN)/python -m access setup --base http://127.0.0.1:$(PORT)) || exit $$?; \
	  [ -z "$$address" ] || printf '%s\n' "Belum ada akun. Begitu server siap (beberapa detik), buat admin pertama di:" \
	  "  $$address" "  (sekali pakai, 30 menit, hanya dari mesin ini)"
	@exec $(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT) --server.headless true

demo: .venv/.installed
	@exec $(BIN)/python -m access.demo --port $(PORT) --wilayah $(WILAYAH)

# Two parts: all but the browser on up to four cores, file by file; then the browser, which shares one server.
test: .venv/.installed-dev
ifeq ($(strip $(ARGS)),)
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not browser"
	@$(BIN)/python -m pytest -m browser
else
	@$(BIN)/python -m pytest $(ARGS)
endif

check: .venv/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

bench: .venv/.installed-dev
	@$(BIN)/python -m pipelines bench $(ARGS)

picture: .venv/.installed-dev
	@$(BIN)/python -m bench.picture

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp per list: pip runs only when a list of requirements is newer than its stamp.
.venv/.installed: requirements.txt constraints.txt | .venv/bin/python
	@echo "Memasang paket (sekali saja, beberapa menit) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt requirements.txt constraints.txt | .venv/bin/python
	@echo "Memasang paket dan alat uji (sekali saja, beberapa menit) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/.installed

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python tidak ditemukan: pasang Python 3.11 atau lebih baru, atau sebutkan: make run PYTHON=/jalur/python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cermin perlu Python 3.11 atau lebih baru, ini `$(PYTHON) --version 2>&1`. Sebutkan yang lebih baru: make run PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python ini tanpa venv. Di Debian/Ubuntu: sudo apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv .venv
