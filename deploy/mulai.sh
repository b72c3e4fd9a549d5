#!/bin/sh
# Fill an empty corpus volume with the shipped documents, once, then run the command. Two replicas may start at the same moment:
# mkdir lets one of them copy, the other waits until the copy is whole.
set -eu
corpus=${CORPUS_DIR:-/srv/korpus}
if [ ! -e "$corpus/labels.yaml" ] && mkdir "$corpus/.menyalin" 2>/dev/null; then
  cp -R /srv/bawaan/korpus/. "$corpus/.menyalin/"
  mv "$corpus/.menyalin/labels.yaml" "$corpus/.menyalin/.labels"
  for item in "$corpus"/.menyalin/*; do mv "$item" "$corpus/"; done
  mv "$corpus/.menyalin/.labels" "$corpus/labels.yaml"
  rm -rf "$corpus/.menyalin"
fi
tries=0
until [ -e "$corpus/labels.yaml" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "Korpus di $corpus tidak lengkap; hapus $corpus/.menyalin lalu ulangi." >&2; exit 1; }
  sleep 1
done
exec "$@"
