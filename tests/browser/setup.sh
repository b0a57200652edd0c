#!/bin/sh
# Installs the Debian packages that the tests use, if they are not there.
# What cannot be installed is named; its tests are then skipped (or fail
# where CI=true).
set -eu

missing=
need() { missing="$missing $1"; }
command -v chromium >/dev/null || need chromium
command -v firefox-esr >/dev/null || command -v firefox >/dev/null || need firefox-esr
command -v ffmpeg >/dev/null || need ffmpeg
# The papers are opened, turned into PDF and read.
command -v soffice >/dev/null || need "libreoffice-writer-nogui libreoffice-calc-nogui"
command -v pdftotext >/dev/null || need poppler-utils
# The old engines come without their libraries and without Chinese glyphs.
ldconfig -p 2>/dev/null | grep -q libnss3.so || need libnss3
{ command -v fc-list && fc-list :lang=zh | grep -q .; } >/dev/null 2>&1 || need fonts-noto-cjk
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "tests: this system has no apt-get; please install by hand:$missing" >&2
  exit 0
fi
if [ "$(id -u)" = 0 ]; then root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then root='sudo -n'
elif command -v sudo >/dev/null && [ -t 0 ]; then root=sudo
else
  echo "tests: not root and no sudo; please run: apt-get install$missing" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # lists of words
{ $root apt-get update -qq && $root apt-get install -qq -y --no-install-recommends $missing; } ||
  echo "tests: could not install:$missing" >&2
