#!/bin/sh
# Menjalankan Asisten UEP; pilihan diteruskan, misalnya ./jalankan.sh --port 8000
set -eu
cd "$(dirname "$0")"
V=$(cat KINI)
L=lingkungan/$(cat "versi/$V/LINGKUNGAN")
[ -f "$L/SELESAI" ] || ./pasang.sh
export HF_HUB_OFFLINE=1 GRADIO_ANALYTICS_ENABLED=False
exec "$L/bin/python" "versi/$V/app.py" "$@"
