#!/bin/sh
# Installs what the benchmarks compare openwatch with, from Debian (or Ubuntu): newsboat, for "npm run bench -- poll".
set -eu
if ! command -v apt-get >/dev/null; then
  echo "bench-peers: there is no apt-get here; install newsboat by the means of this system" >&2
  exit 1
fi
as_root=
[ "$(id -u)" -eq 0 ] || as_root=sudo
$as_root apt-get update
$as_root apt-get install --yes --no-install-recommends newsboat
newsboat -v | head -n 1
