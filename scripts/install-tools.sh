#!/usr/bin/env bash
# Installs what the tests and the demo need and what is missing: Debian packages (as root, or through sudo) and the npm packages.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# program:package
wanted=(
  docker-registry:docker-registry htpasswd:apache2-utils skopeo:skopeo umoci:umoci runc:runc crun:crun dockerd:docker.io
  busybox:busybox-static debootstrap:debootstrap newuidmap:uidmap sudo:sudo git:git zstd:zstd xz:xz-utils bzip2:bzip2
  tar:tar unshare:util-linux getfattr:attr setcap:libcap2-bin gcc:gcc shellcheck:shellcheck
)
missing=()
for entry in "${wanted[@]}"; do
  command -v "${entry%%:*}" > /dev/null || PATH=$PATH:/usr/sbin:/sbin command -v "${entry%%:*}" > /dev/null || missing+=("${entry#*:}")
done
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then as_root=(env); elif sudo -n true 2> /dev/null; then as_root=(sudo -n env); else as_root=(); fi
  if [ ${#as_root[@]} = 0 ] || ! command -v apt-get > /dev/null; then
    say "not installed, and no way to install here: ${missing[*]}. Tests that need them are skipped with a reason."
  else
    say "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq >&2 || true
    # One by one, so that a package that a distribution does not have costs its own tests only.
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null 2>&1 ||
      for package in "${missing[@]}"; do
        "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" > /dev/null 2>&1 ||
          say "$package is not to be had here; tests that need it are skipped with a reason"
      done
  fi
fi

# Made anew only when the lock file changed since.
stamp=node_modules/.installed-from
if [ ! -e "$stamp" ] || ! cmp -s package-lock.json "$stamp"; then
  say "installing npm packages"
  npm ci --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json "$stamp"
fi
