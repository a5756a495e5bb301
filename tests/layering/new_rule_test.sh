#!/usr/bin/env bash
# Adding a rule is adding two files, its source and its annotated Python, and editing none: shown with a throw-away rule in a
# copy of the tree. Only the rule and the registry are compiled there; the rest is the build under test.
#
#   new_rule_test.sh SOURCE_DIR BUILD_DIR
set -euo pipefail

source=$1
build=$2
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
fail() { echo "$*" >&2; exit 1; }

ln -s "$source"/{CMakeLists.txt,analyzer,tests,node_modules} "$copy"
cp -r "$source/rules" "$copy/rules"
cmake -G Ninja -S "$copy" -B "$copy/build" -DBUILD_TESTING=OFF >"$copy/log" 2>&1 || { cat "$copy/log"; fail "the copy does not configure"; }

sed 's/del_without_collect/throw_away/g; s/"del-without-collect"/"throw-away"/; s/"FRG201"/"FRG999"/' \
  "$source/rules/del_without_collect.cpp" >"$copy/rules/throw_away.cpp"
printf 'import board\n\nbuf = bytearray(38400)\ndel buf\nframe = bytearray(2048)\n' >"$copy/throw_away.py"

objects=(rules/CMakeFiles/fraglint_rules.dir/{throw_away,rule_registry}.cpp.o)
ninja -C "$copy/build" "${objects[@]}" >"$copy/log" 2>&1 || { cat "$copy/log"; fail "the build did not take up the new file"; }

# The tool's own link command, with these two objects before the libraries: what they define is not looked for there.
# Without the map, which is that of the tool under test.
link=$(ninja -C "$build" -t commands bin/fraglint | tail -n 1 | sed 's/-Wl,-Map=[^ ]*//')
[[ $link == *" -o bin/fraglint "* ]] || fail "not a link command: $link"
(cd "$build" && eval "${link/ -o bin\/fraglint / -o $copy/fraglint ${objects[*]/#/$copy/build/} }") 2>"$copy/log" ||
  { cat "$copy/log"; fail "the tool does not link"; }

"$copy/fraglint" rules | grep -q throw-away || fail "the tool does not know the rule"
status=0
"$copy/fraglint" check --isolated --select FRG999 --output-format concise "$copy/throw_away.py" >"$copy/log" 2>&1 || status=$?
grep -q FRG999 "$copy/log" || { cat "$copy/log"; fail "the rule does not report: status $status"; }
