#!/usr/bin/env bash
# Bring this machine to where the software runs: Debian packages, .venv with requirements.lock, the project itself.
# usage: scripts/setup.sh run|test     (test adds what only the tests need; a repeated call does nothing, in < 1 s)
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$@" >&2; }
stop() { say "$@"; exit 1; }

usable_python() { # an interpreter new enough, whatever it is called; fails where there is none
  local name
  for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v "$name" && return; fi
  done
  return 1
}

can_make_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

listed_packages() { sed 's/ *#.*//; /^$/d' "$@"; }

wanted_packages() { # $1: run or test
  case $1 in
    run) listed_packages scripts/packages.run.txt ;;
    test) listed_packages scripts/packages.run.txt scripts/packages.test.txt ;;
  esac
  local python
  if ! python=$(usable_python); then
    [ -n "${PYTHON:-}" ] || printf '%s\n' python3 python3-venv
  elif ! can_make_environments "$python" && [ "$python" = /usr/bin/python3 ]; then
    echo python3-venv
  fi
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() {
  local package
  for package in $(wanted_packages "$1"); do is_installed "$package" || printf '%s ' "$package"; done
}

agreed_to_sudo() { # asks the person at the terminal; no where there is none
  [ -t 0 ] && [ -t 2 ] && command -v sudo >/dev/null || return 1
  local answer
  say "Thiếu các gói hệ thống: $1" "System packages are missing: $1"
  read -r -p 'Cài ngay bằng sudo? · Install them now with sudo? [C/y/N] ' answer
  case $answer in [CcYy]*) return 0 ;; *) return 1 ;; esac
}

apt_install() { # $1: packages; $2…: how to become root, nothing where we are
  local packages=$1
  shift
  local source=()
  if [ -d debs ]; then # a bundle for a PC without internet, and its only source: scripts/bundle.sh
    printf 'deb [trusted=yes] file:%s/debs ./\n' "${PWD// /%20}" >debs/bundle.list
    source=(-o "Dir::Etc::SourceList=$PWD/debs/bundle.list" -o Dir::Etc::SourceParts=/dev/null
      -o "Dir::State::Lists=$(mktemp -d)" -o APT::Sandbox::User=root)
  fi
  "$@" apt-get "${source[@]}" update -q >&2 || say "Không cập nhật được danh mục gói; thử tiếp. · The package list could not be refreshed; going on."
  # shellcheck disable=SC2086  # a list of words on purpose
  "$@" env DEBIAN_FRONTEND=noninteractive apt-get "${source[@]}" install -q -y --no-install-recommends $packages >&2
}

install_system_packages() {
  if ! command -v dpkg-query >/dev/null; then
    command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie && return
    stop "Hãy cài tesseract và dữ liệu tiếng Việt (vie) của nó, rồi chạy lại." \
      "Install tesseract and its Vietnamese data (vie), then run this again."
  fi
  local missing
  missing=$(missing_packages "$1")
  missing=${missing% }
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -eq 0 ]; then
    say "Đang cài các gói hệ thống: $missing" "Installing system packages: $missing"
    apt_install "$missing" && return
  elif agreed_to_sudo "$missing"; then
    apt_install "$missing" sudo && return
  fi
  stop "Thiếu các gói hệ thống. Hãy gõ hai lệnh sau với quyền quản trị (root), rồi chạy lại:" \
    "System packages are missing. Type these two commands as root, then run this again:" \
    "    apt-get update" "    apt-get install --no-install-recommends $missing"
}

make_environment() {
  local python
  python=$(usable_python) || stop \
    "Cần Python 3.11 trở lên. Trên Debian 12 trở lên, hãy gõ với quyền root: apt-get install python3 python3-venv" \
    "Python 3.11 or newer is needed. On Debian 12 or newer, type as root: apt-get install python3 python3-venv" \
    "(PYTHON=/duong/dan/python3.11 make run: chỉ định bản khác · names another one)"
  can_make_environments "$python" || stop \
    "Python này thiếu venv. Trên Debian, hãy gõ với quyền root: apt-get install python3-venv" \
    "This Python lacks venv. On Debian, type as root: apt-get install python3-venv"
  say "Đang cài các gói Python vào .venv (lần đầu: một đến vài phút, 1,1 GB)…" \
    "Installing the Python packages into .venv (the first time: a minute or several, 1.1 GB)…"
  rm -rf .venv
  "$python" -m venv .venv
  local offline=()
  [ ! -d wheels ] || offline=(--no-index --find-links wheels) # a bundle for a PC without internet: scripts/bundle.sh
  quiet_pip install "${offline[@]}" --require-hashes -r requirements.lock
}

quiet_pip() {
  .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input "$@" || stop \
    "Không cài được các gói Python: xem lỗi ở trên, kiểm tra mạng (hoặc proxy) và chỗ trống trên đĩa, rồi chạy lại." \
    "The Python packages could not be installed: see above, check the network (or proxy) and the disk, then run this again."
}

# What each step was made from; a step whose stamp still says the same is skipped. A moved folder is a new one.
stamp_of() { { printf '%s\n' "$PWD" "${PYTHON:-}"; cat "$@"; } | sha256sum; }
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

purpose=${1:-run}
[[ $purpose == run || $purpose == test ]] || { say "usage: scripts/setup.sh run|test"; exit 2; }
install_system_packages "$purpose"

packages_stamp=$(stamp_of requirements.lock)
if ! is_fresh .venv/packages.stamp "$packages_stamp" || ! [ -x .venv/bin/python ]; then
  make_environment
  printf '%s' "$packages_stamp" >.venv/packages.stamp
fi

project_stamp=$(stamp_of pyproject.toml)
if ! is_fresh .venv/project.stamp "$project_stamp"; then
  # hatchling and editables are in the lock: nothing is fetched, no build environment is made
  quiet_pip install --no-deps --no-build-isolation --no-index --editable .
  printf '%s' "$project_stamp" >.venv/project.stamp
fi
