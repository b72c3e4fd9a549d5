#!/bin/sh
# Memasang Asisten UEP dari folder ini saja: tanpa internet. Perlu Python @PYTHON@.
set -eu
cd "$(dirname "$0")"
PY=${PYTHON:-python@PYTHON@}
if ! "$PY" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")' 2>/dev/null; then
  echo "Python @PYTHON@ belum ada. Pasang dahulu, lalu jalankan lagi ./pasang.sh (atau: PYTHON=/jalur/python@PYTHON@ ./pasang.sh)." >&2
  exit 1
fi
V=$(cat KINI)
L=lingkungan/$(cat "versi/$V/LINGKUNGAN")
if [ ! -f "$L/SELESAI" ]; then
  rm -rf "$L"
  "$PY" -m venv "$L"
  "$L/bin/python" -m pip install --quiet --no-index --find-links wheels --only-binary=:all: -c "versi/$V/constraints.txt" -r "versi/$V/requirements.txt"
  : > "$L/SELESAI"
fi
echo "Terpasang. Jalankan: ./jalankan.sh"
