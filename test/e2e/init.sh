#!/usr/bin/env bash
# From a fresh project to a red build, as the README's "In your own project" has it.
# $1: the folder of the project, as devs init makes one, $2: heapscope's own
set -euo pipefail
cd "$1"
own=$2
says() { grep -qF "$1" "$own/README.md" || { echo "the README does not say: $1"; exit 1; }; }
heapscope() { node_modules/.bin/heapscope "$@"; }
# What npm install would have done.
install_packages() {
    mkdir -p node_modules/.bin node_modules/@devicescript
    ln -s "$own/node_modules/@devicescript/"* node_modules/@devicescript/
    ln -s "$own" node_modules/heapscope
    ln -s ../heapscope/host/cli/start/heapscope.cjs node_modules/.bin/heapscope
}
commit() {
    git add -A
    git -c user.email=a@example.org -c user.name=a commit --quiet --message "$1"
}

git init --quiet --initial-branch main
install_packages
if [ "${3-}" = several ]; then
    cp src/main.ts src/main-logger.ts
    cp src/main.ts src/main-sensor.ts
fi
commit "a fresh project"

says "npx heapscope init"
heapscope init --yes ${4+"${@:4}"}
commit "memory budgets"

says "npx heapscope check"
heapscope check >check.txt
echo "green: $(tail -n 1 check.txt)"
# What was written is written once.
heapscope init --yes ${4+"${@:4}"} 2>&1 | tail -n 1
[ -z "$(git status --porcelain -- heapscope.config.json heapscope.baseline .github)" ]

# A leak, where somebody could have made it.
program=src/main.ts
[ "${3-}" = several ] && program=src/main-sensor.ts
cat >>"$program" <<'PROGRAM'
const readings: Buffer[] = []
setInterval(() => {
    readings.push(Buffer.alloc(40))
}, 50)
PROGRAM
if heapscope check >check.txt; then
    echo "a leak is green"
    exit 1
fi
echo "red: $(grep -m 1 ^✗ check.txt)"
