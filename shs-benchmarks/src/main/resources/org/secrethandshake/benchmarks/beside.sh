#!/bin/sh
# Runs libsodium in C and the JavaScript reference, which print JSON lines, and lets them take turns with our backends.
#
#     beside.sh INTEROP[:INTEROP...] floor ROUNDS
#     beside.sh INTEROP[:INTEROP...] reference ROUNDS
#     OURS='java ...' beside.sh INTEROP[:INTEROP...] alternate TURNS BACKEND ...
#
# OURS is the command of JMH with our benchmarks, a word on each line.
set -eu
here=$(dirname "$0")
places=$1 command=$2 number=$3
shift 3

compile() {
  if ! cc -O2 -o "$here/floor" "$here/floor.c" -lsodium; then
    echo "error: The program does not compile. Install a C compiler and libsodium's headers (on Debian: apt-get install gcc libsodium-dev)." >&2
    exit 1
  fi
}

reference() {
  script=$1
  shift
  old=$IFS IFS=:
  for interop in $places; do
    if [ -d "$interop/node_modules" ] && command -v node >/dev/null; then
      IFS=$old
      node "$interop/$script" "$@"
      return
    fi
  done
  IFS=$old
  echo "error: Install Node 18.3 or newer, and run 'npm ci --prefix interop' in the project's folder." >&2
  return 1
}

# The second core, as the first serves interrupts more; none where the system has no taskset.
pinned() {
  for core in 1 0; do
    if taskset -c $core true 2>/dev/null; then
      echo "taskset -c $core"
      return
    fi
  done
}

# JMH's benchmarks of one backend in one JVM, as JSON lines. Arguments: the backend, which benchmarks, how long.
ours() {
  backend=$1
  shift
  old=$IFS IFS='
'
  # shellcheck disable=SC2086 # a word on each line
  $pin_ours $OURS "$@" -p "provider=$backend" -p bodyBytes=64,1024,4096 -f 0 -foe true >"$here/jmh"
  IFS=$old
  awk '
    /^# Benchmark: / { name = $3 }
    /^# Parameters: / { bytes = match($0, /bodyBytes = [0-9]+/) ? substr($0, RSTART + 12, RLENGTH - 12) : "" }
    /^Iteration / {
      figure = name ~ /OneWay/ ? "one way" : bytes == "" ? "handshake" : "packet " bytes
      value = name ~ /OneWay/ ? 65536 / $3 : $3
      samples[figure] = samples[figure] (samples[figure] == "" ? "" : ",") value
    }
    END {
      for (figure in samples) {
        printf "{\"figure\":\"%s\",\"unit\":\"%s\",\"samples\":[%s]}\n", figure, figure == "one way" ? "MB/s" : "µs", samples[figure]
        count++
      }
      exit !count
    }' "$here/jmh"
}

# The least of all samples of each subject and figure, beside the first subject; or the most of those that are MB/s.
table() {
  awk -F '\t' '
    { subject = $1; line = $2 }
    match(line, /"about":"[^"]*"/) { title[subject] = substr(line, RSTART + 9, RLENGTH - 10) }
    match(line, /"figure":"[^"]*"/) {
      figure = substr(line, RSTART + 10, RLENGTH - 11)
      if (!(subject in known)) { known[subject] = 1; subjects[++count] = subject }
      if (!(figure in seen)) { seen[figure] = 1; figures[++rows] = figure }
      match(line, /\[[^]]*/); n = split(substr(line, RSTART + 1, RLENGTH - 1), samples, ",")
      for (i = 1; i <= n; i++) {
        old = best[subject, figure]
        if (old == "" || (index(line, "MB/s") ? samples[i] > old : samples[i] < old)) best[subject, figure] = samples[i] + 0
      }
    }
    END {
      for (i = 1; i <= count; i++) if (title[subjects[i]] != "") print subjects[i] ": " title[subjects[i]]
      printf "\n%-16s", ""
      for (i = 1; i <= count; i++) printf "%24s", subjects[i]
      for (f = 1; f <= rows; f++) {
        first = best[subjects[1], figures[f]]
        row = ""
        others = 0
        for (i = 1; i <= count; i++) {
          own = best[subjects[i], figures[f]]
          others += i > 1 && own != ""
          row = row sprintf("%24s", own == "" ? "" : i == 1 || first == "" ? sprintf("%.2f", own) : sprintf("%.2f %6.3fx", own, own / first))
        }
        if (others) printf "\n%-16s%s", figures[f], row
      }
      print ""
    }' "$1"
}

tagged() {
  subject=$1
  shift
  "$@" >"$here/said"
  sed "s/^/$subject	/" "$here/said" >>"$here/lines"
}

alternate() {
  export LC_ALL=C
  compile
  pin=$(pinned)
  echo "$number turns; about $((number * (20 + 31 * $#) + 15 + 36 * $#)) s" >&2
  for turn in $(seq "$number"); do
    echo "turn $turn of $number" >&2
    tagged 'libsodium in C' $pin "$here/floor" 5
    for backend in "$@"; do
      pin_ours=$(echo "$pin" | tr ' ' '\n')
      tagged "$backend" ours "$backend" "[.]BoxStreamBenchmark[.]" -wi 4 -w 1s -i 7 -r 150ms
      if [ "$backend" = sodium ]; then
        (
          export JDK_JAVA_OPTIONS=-Dshs.sodium.boxes=native
          tagged 'its native boxes' ours sodium "[.]BoxStreamBenchmark[.]" -wi 4 -w 1s -i 7 -r 150ms
        )
      fi
      # On one core the compiler is done with a handshake in Java after some ten seconds.
      tagged "$backend" ours "$backend" "[.]HandshakeBenchmark[.]" -wi 12 -w 1s -i 7 -r 150ms
    done
  done
  echo "$number turns on one core, ${pin:-not pinned to a core, as there is no taskset here that may do it}."
  echo "Microseconds, the least of all turns, and multiples of libsodium in C. A handshake is both sides; a packet is"
  echo "sealed and opened. C does every operation each time; ours keeps the server's parsed key, as a client does"
  echo "that dials again."
  table "$here/lines"
  : >"$here/lines"
  pin_ours=
  for turn in 1 2 3; do
    echo "one way over loopback TCP, turn $turn of 3" >&2
    tagged 'reference' reference throughput.js --rounds 7 || echo "The JavaScript reference was not measured." >&2
    for backend in "$@"; do
      tagged "$backend" ours "$backend" OneWayBenchmark -wi 5 -w 1s -i 10 -r 500ms
    done
  done
  echo
  echo "One way over loopback TCP, the best round in MB/s, on all cores (not pinned); multiples of the first."
  grep -v '"latency' "$here/lines" >"$here/said"
  table "$here/said"
}

case $command in
  floor)
    compile
    "$here/floor" "$number"
    ;;
  reference)
    reference bench.js --rounds "$number" --json
    reference throughput.js --rounds "$number"
    ;;
  alternate) alternate "$@" ;;
esac
