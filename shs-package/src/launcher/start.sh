# Starts the command shs with Java: what the start script of a clone and that of an installation
# have in common. They set
#
#   lib       the folder of the jars
#   build     what tells these jars from others
#   archives  a folder for archives of classes, or nothing
#   closed    which standard streams are closed, by commas: in, out, err
#
# and call find_java, require_java_17 and start_command ARGUMENTS. Leading -D options go to Java.
# Any POSIX shell reads this that knows [ -nt ].
#
# The first start makes an archive of classes, in the background, with which later ones take half the
# time; it does not if SHS_NO_ARCHIVE is set.

newline='
'

fail() {
  printf 'shs: %s\n' "$1" >&2
  exit 1
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, where there is no bin/java; it must be the folder of Java 17 or newer."
  else
    java=$(command -v java) || fail "there is no java on the PATH; install Java 17 or newer."
  fi
}

# From the file beside the JDK if it is there: to ask Java itself takes as long as a start. The file
# and its place are also what tells one JDK from another.
require_java_17() {
  version=
  jdk=
  home=$(readlink -f "$java" 2>/dev/null || true)
  home=${home%/bin/java}
  if [ -r "$home/release" ]; then
    jdk=$home
    while read -r line; do
      jdk=$jdk$newline$line
      case $line in JAVA_VERSION=*) version=${line#*=} ;; esac
    done <"$home/release"
  else
    version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  fi
  version=${version#\"}
  # Java 8 calls itself 1.8.
  version=${version#1.}
  version=${version%%[!0-9]*}
  if [ -n "$version" ] && [ "$version" -lt 17 ]; then
    fail "$java is of version $version; shs needs 17 or newer: set JAVA_HOME or the PATH."
  fi
}

# The program's own jars first: Java looks for a class in one jar after the other.
class_path() {
  own=
  others=
  for jar in "$1"/*.jar; do
    case $jar in
      "$1"/shs-*) own=$own:$jar ;;
      *) others=$others:$jar ;;
    esac
  done
  jars=$own$others
  printf '%s' "${jars#:}"
}

# An archive holds the classes as Java has laid them out once, which halves the time of a start. It
# fits one JDK and the jars of one build. Java itself compares the jars' sizes and times, and goes on
# without an archive that does not fit, but one that is cut off may crash it. So a note, written
# later, names what the archive is for and its size.
find_archive() {
  archive=
  [ -n "$archives" ] && [ -z "${SHS_NO_ARCHIVE:-}" ] || return 0
  # Without its release file, one JDK is not told from another.
  [ -n "$jdk" ] && [ -n "$version" ] || return 0
  # With options of the user's about archives, Java does not start if it is given ours.
  case ${JAVA_TOOL_OPTIONS:-}${JDK_JAVA_OPTIONS:-}${_JAVA_OPTIONS:-} in
    *-Xshare* | *-XX:*Share* | *-XX:*Archive* | *-XX:*AOT* | *-XX:*File* | *-XX:DumpLoaded* | *@*) return 0 ;;
  esac
  archive=$archives$home/start-$version
  if ! is_noted; then
    # Of no parent, since the command would leave its end unnoticed.
    (make_archive_alone </dev/null >/dev/null 2>&1 &)
    archive=
  elif [ "$size" = none ]; then
    archive=
  fi
}

is_noted() {
  made=
  if [ -r "$archive.made" ]; then
    while IFS= read -r line || [ -n "$line" ]; do
      made=$made$newline$line
    done <"$archive.made"
  fi
  compose_note
  [ "$made" = "$newline$note" ] && ! [ "$archive" -nt "$archive.made" ]
}

compose_note() {
  size=none
  [ ! -f "$archive" ] || size=$(wc -c <"$archive")
  note=$build$newline$size$newline$jdk
}

# In the background, for the starts to come.
make_archive_alone() {
  mkdir -p "${archive%/*}" && cd "${archive%/*}" && [ -w . ] || return 0
  # The user's debugger or agent has no business here.
  unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
  # Whoever waits for the end of such a descriptor waits for the command, not for this.
  exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
  if command -v flock >/dev/null; then
    exec 9>"$archive.lock"
    flock -n 9 || return 0
  else
    mkdir "$archive.lock" || return 0
    trap 'rmdir "$archive.lock"' EXIT
  fi
  # Another start may have made it while this one came here.
  if is_noted; then
    return 0
  fi
  next=${archive##*/}.next
  rm -f "$next"*
  if make_archive "$next"; then
    # Not to be found half written after a power failure.
    sync "$next" || sync
    mv -f "$next" "$archive"
  else
    # A JDK that cannot do it is not asked again.
    rm -f "$next"* "$archive"
  fi
  compose_note
  printf '%s' "$note" >"$archive.made.next"
  mv -f "$archive.made.next" "$archive.made"
}

# The second start shows that Java takes the archive.
make_archive() {
  path=$(class_path "$lib")
  if [ "$version" -ge 25 ]; then
    # Without the profiles of the run: compilers that start on them at once hold up the first byte.
    nice -n 19 "$java" "-XX:AOTCacheOutput=$1" -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
      $options -cp "$path" org.secrethandshake.cli.Rehearsal &&
      nice -n 19 "$java" -XX:AOTMode=on "-XX:AOTCache=$1" $options -cp "$path" org.secrethandshake.cli.Shs --version
  else
    nice -n 19 "$java" "-XX:ArchiveClassesAtExit=$1" $options -cp "$path" org.secrethandshake.cli.Rehearsal &&
      nice -n 19 "$java" -Xshare:on "-XX:SharedArchiveFile=$1" $options -cp "$path" org.secrethandshake.cli.Shs --version
  fi
}

# Does not return: signals to the script reach Java.
start_command() {
  # Not in a $( ), where standard output is a pipe.
  terminals=
  [ ! -t 0 ] || terminals=in
  [ ! -t 1 ] || terminals=$terminals,out
  [ ! -t 2 ] || terminals=$terminals,err

  # What only some versions or kinds of Java know must not keep the others from starting.
  options=-XX:+IgnoreUnrecognizedVMOptions
  # Newer versions of Java warn when a library, here the one that loads libsodium, is not allowed to go native.
  if [ "${version:-0}" -ge 22 ]; then
    options="$options --enable-native-access=ALL-UNNAMED"
  fi
  find_archive

  command=
  for argument; do
    case $argument in -D*) ;; *) command=$argument && break ;; esac
  done
  path=$(class_path "$lib")
  # At the end, so that an archive of the others fits.
  if [ "$command" = bench ] && [ -d "$lib/bench" ]; then
    path=$path:$(class_path "$lib/bench")
  fi

  # What follows the leading -D options is the command's: each argument goes from the front to the end.
  leading=yes
  for argument; do
    shift
    case $argument in
      -D*) ;;
      *) [ -z "$leading" ] || { leading= && set -- "$@" -cp "$path" org.secrethandshake.cli.Shs; } ;;
    esac
    set -- "$@" "$argument"
  done
  [ -z "$leading" ] || set -- "$@" -cp "$path" org.secrethandshake.cli.Shs

  case $command in
    # Over before the optimizing compiler could pay.
    '' | -* | keygen | providers | help | version) set -- -XX:TieredStopAtLevel=1 "$@" ;;
    # Four times the usual thresholds, so that this compiler does not compete with the handshake.
    connect)
      set -- -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000 "$@"
      set -- -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 "$@"
      ;;
  esac
  set -- "-Dshs.terminals=$terminals" "-Dshs.closed=$closed" "$@"
  if [ -n "$archive" ]; then
    if [ "$version" -ge 25 ]; then
      set -- '-Xlog:aot*=off:stderr' "-XX:AOTCache=$archive" "$@"
    else
      set -- "-XX:SharedArchiveFile=$archive" "$@"
    fi
    set -- '-Xlog:cds*=off:stderr' "$@"
  fi
  # Java would print its own warnings on standard output, among the data.
  exec "$java" $options -Xlog:disable -Xlog:all=warning:stderr "$@"
}
