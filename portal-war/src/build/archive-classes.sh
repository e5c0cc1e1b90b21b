#!/bin/sh
# Runs the server once until the application is there, and keeps its classes as they are in memory then: the next starts map that
# file instead of reading and checking twenty thousand classes (docs/adr/0007). Run by the build; does nothing while the last fits.
#
#   archive-classes.sh DIST WORK     DIST with start.sh, WORK a folder to use
set -eu

dist=$(readlink -f "$1") work=$2
archive=$dist/classes.jsa
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
machine=$("$java" -version 2>&1)

current() {
  [ -e "$archive" ] && [ "$(cat "$archive.for" 2>/dev/null)" = "$machine" ] || return 1
  [ -z "$(find "$dist/lib" -name '*.jar' -newer "$archive")" ]
}

if current; then exit 0; fi
rm -rf "$archive" "$work"
mkdir -p "$work"
if ! HANEUL_HOME=$work/home HANEUL_ADDRESS=127.0.0.1 HANEUL_FIRST_CLOUD=false HANEUL_NETWORK_DRIVER=simulator \
  HANEUL_JAVA_OPTS="-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit=$work/classes.jsa" \
  "$dist/start.sh" --warmup --port 47123 --autobindhttp >"$work/log" 2>&1 || ! [ -s "$work/classes.jsa" ]; then
  tail -n 20 "$work/log" >&2
  echo "The server could not be run to archive its classes: $work/log" >&2
  exit 1
fi
printf '%s\n' "$machine" >"$archive.for"
printf '%s\n' "$dist/lib" >"$archive.lib"
mv "$work/classes.jsa" "$archive"
