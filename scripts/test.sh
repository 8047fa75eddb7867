#!/usr/bin/env bash
# Everything that has to hold: installs what is missing, lints, type-checks, builds, compares dist/, runs every test.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-tools.sh
# Node 24 from node_modules: the version that runs the action.
export PATH=$PWD/node_modules/.bin:$PATH:/usr/sbin:/sbin

step() { printf '\n== %s\n' "$1"; }

step "format and lint (biome)"
biome check .
step "import table (dependency-cruiser)"
depcruise src --config .dependency-cruiser.cjs
step "dead code (knip)"
knip
step "types (tsc)"
npm run --silent typecheck
step "dist/ is what the sources give"
npm run --silent check-dist
step "tests (jest, on Node $(node --version))"
npm test -- --ci "$@"
