#!/usr/bin/env bash
# Says at once which folder cannot be written: they hold what is built, what is installed, and the data.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"
find_target

for folder in "$target" "$project/target" "$tools" "$project/data"; do
  mkdir -p "$folder" 2>/dev/null || die "the folder $folder cannot be created: give this user the right to write there"
  probe=$folder/.writable.$$
  (: >"$probe") 2>/dev/null || die "the folder $folder cannot be written: give this user the right to write there"
  rm -f "$probe"
done
