#!/bin/sh
# Runs Haneul in the foreground until it is told to stop; ./haneul calls this, and so can a service manager.
#
#   HANEUL_HOME          where everything that lasts is kept (./data)
#   HANEUL_PORT          the one port (8080)
#   HANEUL_ADDRESS       the address to listen on (all of them)
#   HANEUL_JAVA_OPTS     instead of the options of the Java machine below
#   HANEUL_PLUGINS_DIR   the driver folders (plugins beside this script)
#   HANEUL_...           every setting of docs/operator/configuration.md: HANEUL_DB_URL is haneul.db.url
set -eu

dist=$(dirname "$(readlink -f "$0")")
HANEUL_HOME=$(readlink -m "${HANEUL_HOME:-data}")
HANEUL_PLUGINS_DIR=${HANEUL_PLUGINS_DIR:-$dist/plugins}
export HANEUL_HOME HANEUL_PLUGINS_DIR

# The server remembers what it ran and would run that again instead of a newer program, so its folder is made anew each time.
server=$HANEUL_HOME/run/server
rm -rf "$server"
mkdir -p "$HANEUL_HOME/run"
cp -R "$dist/server" "$server"

if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
archive=$dist/classes.jsa
[ -e "$archive" ] || archive=
# The thresholds keep the optimising compiler from code that is only run to start: half of the processor time of a start went there.
# Nor is it counted for that compiler what the code does: that made all of it a third slower for as long as it was not compiled
# again, and two cores write the same counters. The hash of passwords, which needs the counts, is told what to join.
# Java machines that no longer have one of these options do without it.
# A heap that begins with what a start needs is not collected over and over while it grows, and stays smaller.
# A thread that answers keeps the space outside of the heap that it wrote its largest answer from; long ones go out in pieces.
# The archive, made by the build, holds the classes of the server and the libraries as they are in memory; one that does not fit
# these files or this Java machine is not read. The server is told where it lies as a URI.
# shellcheck disable=SC2086 # options are words
exec "$java" ${HANEUL_JAVA_OPTS:--XX:+IgnoreUnrecognizedVMOptions -Xms300m -Xmx416m -XX:MetaspaceSize=192m -XX:+UseSerialGC \
  -XX:+ExitOnOutOfMemoryError \
  -XX:Tier4InvocationThreshold=250000 -XX:Tier4MinInvocationThreshold=30000 \
  -XX:Tier4CompileThreshold=750000 -XX:Tier4BackEdgeThreshold=2000000 -XX:-C1UpdateMethodData -XX:-C1ProfileCalls \
  -XX:-C1ProfileVirtualCalls -XX:-C1ProfileInlinedCalls -XX:-C1ProfileBranches -XX:-C1ProfileCheckcasts} \
  -XX:CompileCommand=quiet '-XX:CompileCommand=inline,org.bouncycastle.crypto.generators.Argon2BytesGenerator*::*' \
  ${archive:+"-XX:SharedArchiveFile=$archive" "-Dhaneul.archived.lib=$(cat "$archive.lib")"} \
  "-Dhaneul.port=${HANEUL_PORT:-8080}" "-Dhaneul.address=${HANEUL_ADDRESS:-0.0.0.0}" \
  -Djdk.nio.maxCachedBufferSize=262144 -Dorg.glassfish.grizzly.nio.transport.TCPNIOTransport.max-send-buffer-size=262144 \
  -Dhaneul.ends-when-broken=true -Dorg.jboss.weld.xml.disableValidating=true "-Dhaneul.lib=$dist/lib" \
  "-Dfish.payara.micro.BootJar=file://$(printf %s "$dist" | sed 's/%/%25/g; s/ /%20/g')/lib/launch-micro.jar" \
  "-Dfish.payara.micro.UnpackDir=$server" \
  -jar "$dist/lib/launch-micro.jar" --rootdir "$server" \
  --deploy "$dist/haneul.war" --contextroot / --nohazelcast --logproperties "$dist/logging.properties" "$@"
