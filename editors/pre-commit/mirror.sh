#!/usr/bin/env bash
# mirror.sh CLONE: brings a clone of the mirror repository to this version of fraglint, commits and tags it. Pushing is yours.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
clone=${1:?usage: mirror.sh CLONE}
version=$(sed -n 's/^project(fraglint VERSION \([0-9.]*\).*/\1/p' "$here/../../CMakeLists.txt")

for file in pyproject.toml .pre-commit-hooks.yaml README.md; do
  sed "s/@VERSION@/$version/g" "$here/$file" >"$clone/$file"
done
cp "$here/../../LICENSE" "$clone/LICENSE"
git -C "$clone" add --all
git -C "$clone" diff --cached --quiet || git -C "$clone" commit --quiet --message "fraglint $version"
git -C "$clone" tag "v$version"
