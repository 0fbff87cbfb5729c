#!/usr/bin/env bash
# Makes an image of a Kafka broker without any registry of images: this project's version of Kafka from
# Maven, a Java runtime by jlink, and the few tools of this Linux that its start needs.
#
#   build.sh IMAGE
#
# It is for tests: it understands the KAFKA_* variables of Kafka's own image, apache/kafka, and starts as
# that does.
set -euo pipefail

image=$1
here=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$here/../..
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

# What a broker has no use for, and is most of the bytes.
networks=org.bytedeco,org.deeplearning4j,org.nd4j,com.microsoft.onnxruntime,org.rocksdb
modules=java.base,java.desktop,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting
modules+=,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

# Copies programs and libraries of this machine to the same places of the image.
copy() {
  local file
  for file in "$@"; do
    mkdir -p "$root$(dirname "$file")"
    cp -nL "$file" "$root$file"
  done
}

# The shared libraries that these files load, from outside the Java runtime.
libraries_of() {
  ldd "$@" 2>/dev/null | grep -o '/[^ ]*\.so[^ ]*' | grep -v "^$root" | sort -u
}

# The folders of a Linux whose /bin is /usr/bin, or not.
mkdir -p "$root"/{etc,tmp,usr/bin,opt/kafka/libs,mnt/shared/config}
ln -s usr/bin "$root/bin"
chmod 1777 "$root/tmp"

"$java_home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --output "$root/opt/java"
for tool in bash sh env cat cp grep mkdir rm sleep; do
  cp -L "$(command -v "$tool")" "$root/usr/bin/$tool"
done
mapfile -t libraries < <(libraries_of "$root"/usr/bin/* "$root"/opt/java/bin/java $(find "$root/opt/java/lib" -name '*.so'))
copy "${libraries[@]}"

(cd "$project" && mvn -q -B -Dstyle.color=never --no-transfer-progress dependency:copy-dependencies \
  -DincludeScope=runtime -DexcludeGroupIds="$networks" -DoutputDirectory="$root/opt/kafka/libs")

mkdir -p "$root/etc/kafka/docker"
cp "$here"/{run,server.properties,log4j2.yaml} "$root/etc/kafka/docker"
cp "$here/log4j2.yaml" "$root/etc/kafka/docker/tools-log4j2.yaml"
chmod 755 "$root/etc/kafka/docker/run"

tar -C "$root" -c . | docker import \
  --change 'ENV PATH=/opt/java/bin:/usr/bin' --change 'EXPOSE 9092' --change 'CMD ["/etc/kafka/docker/run"]' \
  - "$image"
