#!/usr/bin/env bash
# The main job, from a fresh clone to an image that was built, pushed, pulled back by another tool and run by a third: a compiler stage of
# some 300 MB, a final image of less than one. What it shows is kept in the file that it names at the end.
# DEMO_DIR: where it works (default: a folder in the temporary directory); kept, so that a second run shows the cache.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-tools.sh
export PATH=$PWD/node_modules/.bin:$PATH:/usr/sbin:/sbin

work=${DEMO_DIR:-${TMPDIR:-/tmp}/ts-image-build-demo}
mkdir -p "$work"
record=$work/demo.txt
exec > >(tee "$record") 2>&1
export XDG_CACHE_HOME=$work/cache

title() { printf '\n\033[1m== %s\033[0m\n' "$1"; }
build() { node dist/cli/index.js build "$@"; }
need() { command -v "$1" > /dev/null || { echo "demo: $1 is missing" >&2; exit 1; }; }
for program in docker-registry debootstrap skopeo runc umoci; do need "$program"; done
[ "$(id -u)" = 0 ] || { echo "demo: debootstrap and runc want root: run it through sudo" >&2; exit 1; }

title "A registry of our own (Debian's docker-registry)"
port=$(node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
cat > "$work/registry.yml" << CONFIG
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: $work/registry}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$port"}
CONFIG
docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
registry_pid=$!
trap 'kill "$registry_pid" 2> /dev/null || true' EXIT
registry=127.0.0.1:$port
for _ in $(seq 50); do curl -fsS "http://$registry/v2/" > /dev/null 2>&1 && break; sleep 0.1; done
echo "listening on $registry"

title "The base image: Debian with gcc, made with debootstrap and put into an image by this builder"
base=$work/base
if [ ! -e "$base/rootfs.tar" ]; then
  mkdir -p "$base"
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Identifier: Packages' 2> /dev/null | head -n 1)
  debootstrap --variant=minbase --include=gcc,libc6-dev bookworm "$base/rootfs" ${mirror:+"$mirror"} > "$work/debootstrap.log" 2>&1 ||
    { tail -n 5 "$work/debootstrap.log"; exit 1; }
  rm -rf "$base"/rootfs/var/lib/apt/lists/* "$base"/rootfs/var/cache/apt/*.bin "$base"/rootfs/var/cache/apt/archives/*.deb
  rm -rf "$base"/rootfs/{dev,proc,sys}/*
  tar -C "$base/rootfs" --sort=name --numeric-owner --mtime=@1700000000 -cf "$base/rootfs.tar" .
  rm -rf "$base/rootfs"
fi
printf 'FROM scratch\nADD rootfs.tar /\nCMD ["bash"]\n' > "$base/Dockerfile"
touch -d @1700000000 "$base/Dockerfile"
build --no-lint -t "$registry/debian-gcc:bookworm" --push "$base"
ls -lh "$base/rootfs.tar" | awk '{print "root file system: " $5}'

run() {
  build --build-arg "COMPILER=$registry/debian-gcc:bookworm" -t "$registry/hello:1" --push --metadata-file "$work/metadata.json" \
    examples/compiled
}
title "Build examples/compiled and push it"
run
title "The same again: every step from the cache"
run | tee "$work/second.txt"

title "What another tool sees (skopeo)"
skopeo inspect --tls-verify=false "docker://$registry/hello:1" | sed -n '1,40p'
rm -rf "$work/oci" "$work/bundle"
skopeo copy --quiet --src-tls-verify=false "docker://$registry/hello:1" "oci:$work/oci:hello"
title "What a third runs (umoci unpacks, runc runs)"
umoci unpack --image "$work/oci:hello" "$work/bundle" > /dev/null
node -e '
const { readFileSync, writeFileSync } = require("node:fs");
const path = process.argv[1];
const spec = JSON.parse(readFileSync(path));
spec.process.terminal = false;
// Some machines let nobody raise limits or set cgroups; the program needs neither.
spec.process.rlimits = [];
delete spec.linux.resources;
writeFileSync(path, JSON.stringify(spec));' "$work/bundle/config.json"
runc --root "$work/runc" run --no-pivot --bundle "$work/bundle" "hello-$$" < /dev/null

title "Verified"
pushed=$(node -p 'JSON.parse(require("node:fs").readFileSync(process.argv[1]))["containerimage.digest"]' "$work/metadata.json")
pulled=$(skopeo inspect --tls-verify=false --format '{{.Digest}}' "docker://$registry/hello:1")
echo "digest that we told:   $pushed"
echo "digest that is served: $pulled"
[ "$pushed" = "$pulled" ]
echo "All of this is kept in $record"
