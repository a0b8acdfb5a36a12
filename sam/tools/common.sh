# shellcheck shell=bash
# What the commands in sam/ share. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export root

# Names of another account or region must not reach a tool by accident; nothing here sends usage data.
export SAM_CLI_TELEMETRY=0 PIP_DISABLE_PIP_VERSION_CHECK=1

step() { printf '\n== %s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# The comment on top of the script is its help.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$0"; }

# venv NAME: the tools of sam/tools/NAME.in, at the versions and with the hashes that sam/lock has written to NAME.txt, in an
# environment of their own under target/. It is made once, and made again when the list changes. Its commands come first in
# PATH from then on. The list is complete and wheels run no code when they are installed, so nothing gets in that has no hash.
venv() {
  local list=$root/sam/tools/$1.txt folder=$root/target/venv/$1
  if ! cmp -s "$list" "$folder/installed.txt"; then
    step "installing $(grep -c == "$list") packages into ${folder#"$root/"} (the first time takes a minute or two)"
    command -v python3 >/dev/null || fail "python3 is needed, with its venv module"
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --no-deps --require-hashes --only-binary :all: --requirement "$list"
    cp "$list" "$folder/installed.txt"
  fi
  PATH=$folder/bin:$PATH
}

# run_tests FOLDER FILE [ARGUMENT...]: the tests of that file, in the folder of its package. They are built with all tests of
# the workspace, because those of one file alone have other features, and would be compiled from the ground up.
run_tests() {
  local program
  program=$(cd "$root" && cargo test --locked --workspace --no-run 2>&1 | tee >(cat >&2) |
    sed -nE "s|^ *Executable $2 \\((.*)\\)$|\\1|p")
  program=$(cd "$root" && realpath "$program")
  (cd "$root/$1" && "$program" "${@:3}")
}
