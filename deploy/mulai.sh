#!/bin/sh
# Fill an empty corpus volume with the shipped documents, once, then run the command. Two replicas may start at the same moment:
# mkdir lets one of them copy, the other waits until the copy is whole. A volume that holds anything is left as it is.
set -eu
corpus=${CORPUS_DIR:-/srv/korpus}
coming=$corpus/.menyalin
holds() { ls -A "$corpus" | grep -qvx 'lost+found'; }
if [ ! -e "$corpus/labels.yaml" ] && ! holds && mkdir "$coming" 2>/dev/null; then
  if [ ! -e "$corpus/labels.yaml" ]; then # else the other one has copied all since this one looked
    cp -R /srv/bawaan/korpus/. "$coming/"
    mv "$coming/labels.yaml" "$coming/.labels"
    for item in "$coming"/*; do mv "$item" "$corpus/"; done
    mv "$coming/.labels" "$corpus/labels.yaml"
  fi
  rm -rf "$coming"
fi
tries=0
until [ -e "$corpus/labels.yaml" ]; do
  tries=$((tries + 1))
  if [ ! -e "$coming" ] && [ ! -e "$corpus/labels.yaml" ]; then
    holds || { echo "Folder korpus $corpus kosong dan tidak dapat ditulisi; beri izin tulis, lalu ulangi." >&2; exit 1; }
    echo "Folder korpus $corpus berisi berkas, tetapi labels.yaml tidak ada. Tidak ada yang diubah." >&2
    echo "Salin labels.yaml ke sana (bawaannya di /srv/bawaan/korpus; berkas kosong bila tanpa label), lalu ulangi." >&2
    exit 1
  fi
  if [ "$tries" -ge 60 ]; then
    echo "Penyalinan dokumen bawaan ke $corpus terputus. Pindahkan berkas Anda sendiri dari sana bila ada," >&2
    echo "kosongkan folder itu (juga .menyalin), lalu ulangi." >&2
    exit 1
  fi
  sleep 1
done
exec "$@"
