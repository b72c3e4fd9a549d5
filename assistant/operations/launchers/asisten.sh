#!/bin/sh
# Perintah Asisten UEP, misalnya ./asisten.sh health atau ./asisten.sh update /media/flash/pembaruan.zip
set -eu
cd "$(dirname "$0")"
V=$(cat KINI)
L=lingkungan/$(cat "versi/$V/LINGKUNGAN")
export HF_HUB_OFFLINE=1 GRADIO_ANALYTICS_ENABLED=False PYTHONPATH="$PWD/versi/$V"
exec "$L/bin/python" -m assistant "$@"
