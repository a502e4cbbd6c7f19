#!/bin/sh
# Rebuilds motifs.dex from Motifs.java with a JDK and the D8 that tests/specimens/build.sh fetches.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
tools=$here/../../../../build/specimens
out=$(mktemp -d)
javac --release 8 -Xlint:-options -g:none -d "$out/classes" "$here/Motifs.java"
java -cp "$tools/tools/d8.jar" com.android.tools.r8.D8 --release --min-api 26 --lib "$tools/java8.jar" \
    --output "$out" "$out/classes/org/example/motifs/"*.class
mv "$out/classes.dex" "$here/motifs.dex"
rm -r "$out"
