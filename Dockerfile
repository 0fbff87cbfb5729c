# The application with its libraries, models and topic descriptions, on a Java runtime.
#
#   docker build -t sentiment-streams .
#   docker run --rm sentiment-streams score --model models/tweets-bilstm -   (texts on standard input: add -i)

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
# The libraries change seldom: a layer of their own.
COPY pom.xml ./
COPY .mvn .mvn/
RUN mvn -q -B dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/build/lib
COPY src src/
RUN mvn -q -B package -Dmaven.test.skip=true -Dspotless.check.skip=true \
    && cp target/sentiment-streams-*.jar lib/

FROM eclipse-temurin:17-jre
# The home holds the native libraries that are unpacked at the first start.
RUN groupadd --gid 10001 sentiment \
    && useradd --uid 10001 --gid sentiment --create-home --home-dir /var/lib/sentiment sentiment
WORKDIR /opt/sentiment
COPY --from=build /build/lib lib/
COPY topics topics/
COPY models models/
COPY sentiment sentiment.yaml ./
USER sentiment
# The default of 127.0.0.1 would be out of reach from outside the container.
ENV SENTIMENT_HTTP_HOST=0.0.0.0
EXPOSE 8080
# By bash alone, since the runtime image need not have curl or wget.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && read -r -u 3 _ status _ && [ \"$status\" = 200 ]"]
ENTRYPOINT ["./sentiment"]
CMD ["stream", "--config", "sentiment.yaml"]
