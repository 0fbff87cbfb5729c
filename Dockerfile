# The application with its libraries, models and topic descriptions, on a Java runtime of only the modules
# that it needs.
#
#   docker build -t sentiment-streams .
#   docker run --rm sentiment-streams score --model models/tweets-bilstm -   (texts on standard input: add -i)
#
# Runs as a user of its own, and with a read-only root file system where /tmp and /var/lib/sentiment can be
# written and programs there may run (native libraries are unpacked there):
#
#   docker run --read-only --tmpfs /tmp:exec --volume sentiment-cache:/var/lib/sentiment sentiment-streams ...
#
# For NVIDIA's GPUs, see docker-compose.cuda.yml:
#
#   docker build -t sentiment-streams:cuda --build-arg MAVEN_PROFILE=-Ponnx-gpu \
#     --build-arg RUNTIME_IMAGE=nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04 .

ARG BUILD_IMAGE=maven:3.9.11-eclipse-temurin-17
# Any Linux with bash, GNU's C and C++ libraries and useradd.
ARG RUNTIME_IMAGE=debian:12.12-slim

FROM ${BUILD_IMAGE} AS build
ARG MAVEN_PROFILE=
WORKDIR /build
# The libraries change seldom: a layer of their own.
COPY pom.xml ./
COPY .mvn .mvn/
RUN mvn -q -B ${MAVEN_PROFILE} dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/build/lib
# What jdeps finds in the jars, and what they load by name: elliptic curves for TLS, DNS, archives as file systems.
RUN jlink --strip-java-debug-attributes --no-header-files --no-man-pages --output /build/java --add-modules \
java.base,java.compiler,java.desktop,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting,\
java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.naming.dns,\
jdk.unsupported,jdk.zipfs \
    && /build/java/bin/java -Xshare:dump >/dev/null
COPY src src/
# The Avro schemas go into the jar.
COPY topics topics/
# The commit, for './sentiment version': --build-arg COMMIT=$(git rev-parse HEAD)
ARG COMMIT=unknown
RUN mvn -q -B ${MAVEN_PROFILE} -DbuildNumber=${COMMIT} package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    && cp target/sentiment-streams-*.jar lib/

FROM ${RUNTIME_IMAGE}
# The home holds the native libraries that are unpacked at the first start.
RUN groupadd --gid 10001 sentiment \
    && useradd --uid 10001 --gid sentiment --create-home --home-dir /var/lib/sentiment sentiment
WORKDIR /opt/sentiment
COPY --from=build /build/java /opt/java/
COPY --from=build /build/lib lib/
COPY topics topics/
COPY models models/
COPY sentiment sentiment.yaml ./
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
ENV JAVA_HOME=/opt/java
# The rest of the container's memory is for the JVM itself and native buffers.
ENV SENTIMENT_JAVA_OPTS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
# The default of 127.0.0.1 would be out of reach from outside the container.
ENV SENTIMENT_HTTP_HOST=0.0.0.0
VOLUME /var/lib/sentiment
EXPOSE 8080
# By bash alone, since the runtime image need not have curl or wget.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && read -r -u 3 _ status _ && [ \"$status\" = 200 ]"]
ENTRYPOINT ["./sentiment"]
CMD ["stream", "--config", "sentiment.yaml"]
