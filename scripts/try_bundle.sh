#!/usr/bin/env bash
# Try build/chitieu-bundle.tar as root on what a PC without network would be: this system without the packages that the
# software needs, in a layer that is thrown away, and with no network at all. Ends with 0 where a sample was read.
set -euo pipefail
cd "$(dirname "$0")/.."

bundle=$PWD/build/chitieu-bundle.tar
layer=$(mktemp -d)
trap 'rm -rf "$layer"' EXIT
mkdir "$layer/upper" "$layer/work" "$layer/root"

# shellcheck disable=SC2016  # it is the inner shells that read these
unshare --mount --net bash -euc '
  layer=$1 bundle=$2
  mount -t tmpfs tmpfs "$layer/root" && mkdir "$layer/root/upper" "$layer/root/work" "$layer/root/system"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$layer/root/upper,workdir=$layer/root/work" "$layer/root/system"
  system=$layer/root/system
  mount -t proc proc "$system/proc" && mount --rbind /dev "$system/dev"
  mkdir -p "$system/trial" && tar -C "$system/trial" -xf "$bundle"
  chroot "$system" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -euc "
    cd /trial/chitieu
    dpkg --purge --force-depends \$(sed \"s/ *#.*//; /^\$/d\" scripts/packages.run.txt) python3-venv python3.11-venv
    ! command -v tesseract
    test \$(wc -l </proc/net/route) -le 1  # no way out: the head of the table alone
    scripts/setup.sh run
    .venv/bin/chitieu doctor --home /trial/home
    .venv/bin/chitieu ingest --direct --home /trial/home samples/office/lai-chau-skhcn.pdf
    test \$(wc -l </trial/home/output/indicators.csv) -gt 20
  "
' trial "$layer" "$bundle"
echo "The bundle works without a network."
