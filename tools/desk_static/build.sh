#!/usr/bin/env bash
# Bundle what the desk's pages take from npm, and write down what it is: names, versions, licences, hashes.
set -euo pipefail
cd "$(dirname "$0")"
static=../../src/reformkit/desk/static
npm ci --silent --no-audit --no-fund || npm install --silent --no-audit --no-fund
npx esbuild editor.js --bundle --minify --format=iife --target=es2020 --legal-comments=none --outfile="$static/editor.js"
cp node_modules/htmx.org/dist/htmx.min.js "$static/htmx.min.js"
cp node_modules/axe-core/axe.min.js ../../tests/desk/axe.min.js
node notices.js > "$static/NOTICES.txt"
node notices.js axe > ../../tests/desk/axe.NOTICE.txt
