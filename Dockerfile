# syntax=docker/dockerfile:1
#
# The server as a container image: the program, the C libraries that it needs, and nothing else (deploy/image-root).
#
#   docker build --tag civicforge .
#   docker run --publish 8080:8080 --publish 8081:8081 --volume civicforge:/data --env CIVICFORGE_PUBLIC_URL=http://localhost:8080 \
#     --env CIVICFORGE_MEDIA_URL=http://localhost:8081 civicforge

FROM rust:1.95-slim-bookworm AS chef
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN cargo install --locked cargo-chef@0.1.78
WORKDIR /build

# What the dependencies are, without our own code: this layer changes only when they do.
FROM chef AS plan
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS build
ENV CARGO_PROFILE_RELEASE_STRIP=true
COPY --from=plan /build/recipe.json recipe.json
# The dependencies are compiled here, and taken from the cache as long as the recipe is the same.
RUN cargo chef cook --locked --release --package civicforge-handlers --no-default-features --features server --bin civicforge --recipe-path recipe.json
COPY . .
RUN cargo build --locked --release --package civicforge-handlers --no-default-features --features server --bin civicforge \
    && deploy/image-root target/release/civicforge /image

FROM scratch
COPY --from=build /image /
COPY --from=build --chown=65532:65532 /image/data /data
ENV CIVICFORGE_LISTEN=0.0.0.0:8080 CIVICFORGE_DATA_DIR=/data CIVICFORGE_LOG_FORMAT=json
USER 65532:65532
VOLUME /data
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s CMD ["/usr/local/bin/civicforge", "health"]
ENTRYPOINT ["/usr/local/bin/civicforge"]
