#!/usr/bin/env bash
# Write build/chitieu-bundle.tar: the project with its models, all Python packages and the Debian packages that it needs,
# for a PC that never sees the internet, of the same Debian release and with the same Python as this one.
# There: tar xf chitieu-bundle.tar && cd chitieu && scripts/setup.sh run
set -euo pipefail
cd "$(dirname "$0")/.."

place=build/bundle/chitieu
rm -rf build/bundle
mkdir -p "$place/wheels" "$place/debs"
git archive HEAD | tar -x -C "$place"
# The lock names every package: none has to be looked for. Debian's Python may be of an older patch release than this
# one, and then needs a package that this one does not.
sed "s/ ; python_full_version < '3\.11\.[0-9]*'//" requirements.lock >build/bundle/requirements.lock
.venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
  -r build/bundle/requirements.lock --dest "$place/wheels"
# With all that they depend on, as a source of packages that apt on the other PC takes what it lacks from.
mapfile -t packages < <(sed 's/ *#.*//; /^$/d' scripts/packages.run.txt; printf '%s\n' python3 python3-venv)
mapfile -t needed < <(
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    "${packages[@]}" | grep '^[a-z0-9]' | sort -u
)
(cd "$place/debs" && apt-get download -q -o APT::Sandbox::User=root "${needed[@]}" >/dev/null)
for file in "$place"/debs/*.deb; do
  dpkg-deb -f "$file"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$(basename "$file")" "$(stat -c %s "$file")" "$(sha256sum <"$file" | cut -d' ' -f1)"
done >"$place/debs/Packages"
tar -C build/bundle -cf build/chitieu-bundle.tar chitieu
rm -rf build/bundle
ls -lh build/chitieu-bundle.tar
