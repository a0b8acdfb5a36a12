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

# programs: the names of the programs that the functions of the template run, one to a line. Each is, or will be, in
# target/lambda/NAME/bootstrap.
programs() { sed -nE 's|^ +CodeUri: \.\./target/lambda/(.+)$|\1|p' "$root/sam/template.yaml" | sort --unique; }

# program_in FOLDER NAME: the program of that name in a folder, as cargo or sam/build has left it.
program_in() {
  if [[ -f $1/$2 ]]; then printf '%s\n' "$1/$2"; else printf '%s\n' "$1/$2/bootstrap"; fi
}

# run_tests FOLDER FILE [ARGUMENT...]: the tests of that file, in the folder of its package. They are built with all tests of
# the workspace, because those of one file alone have other features of our own crates.
run_tests() {
  local program
  program=$(cd "$root" && cargo test --locked --workspace --no-run 2>&1 | tee >(cat >&2) |
    sed -nE "s|^ *Executable $2 \\((.*)\\)$|\\1|p")
  program=$(cd "$root" && realpath "$program")
  (cd "$root/$1" && "$program" "${@:3}")
}

# both_forms: the template with each kind of API, as target/forms/rest/template.yaml and target/forms/http/template.yaml, whatever
# functions.yaml says. Needs Rust.
both_forms() {
  local form folder
  for form in rest http; do
    folder=$root/target/forms/$form
    mkdir -p "$folder"
    { printf 'api: %s\n' "$form" && sed '/^api:/d' "$root/sam/functions.yaml"; } >"$folder/functions.yaml"
    (cd "$root" && cargo run --quiet --locked -p civicforge-sam -- generate --functions "$folder/functions.yaml" \
      --template "$folder/template.yaml" --list "$folder/functions.rs")
  done
}

# velocity: Apache Velocity, in whose language API Gateway's mapping templates are written, from Debian's packages under
# target/velocity. Sets VELOCITY_CLASSPATH, which may have been set to where it is already. Needs a JDK of Java 11 or newer.
velocity() {
  command -v java >/dev/null || fail "java is needed (Debian: default-jdk-headless), to render the API's mapping templates"
  if [[ -z ${VELOCITY_CLASSPATH-} ]]; then
    local folder=$root/target/velocity
    if ! [[ -e $folder/usr/share/java/velocity.jar ]]; then
      step "getting Velocity into ${folder#"$root/"}"
      command -v apt-get >/dev/null || fail "set VELOCITY_CLASSPATH to the jars of Velocity 1.7, commons-collections 3 and commons-lang 2"
      rm -rf "$folder"
      mkdir -p "$folder"
      (
        cd "$folder" || exit
        packages=(velocity libcommons-collections3-java libcommons-lang-java) become=()
        ((EUID == 0)) || become=(sudo)
        # Lists that are old name files that are gone.
        apt-get -qq download "${packages[@]}" || { "${become[@]}" apt-get -qq update && apt-get -qq download "${packages[@]}"; }
        for package in *.deb; do dpkg-deb --extract "$package" .; done
      )
    fi
    VELOCITY_CLASSPATH=$folder/usr/share/java/velocity.jar:$folder/usr/share/java/commons-collections3.jar:$folder/usr/share/java/commons-lang.jar
  fi
  export VELOCITY_CLASSPATH
}
