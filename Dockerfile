# The base is an argument so that the image can be built where no image registry is reached:
# anything that is Debian 12 does, a debootstrap folder too (see docs/container.md).
ARG BASE=docker.io/library/debian:bookworm-slim

# hadolint ignore=DL3006
FROM ${BASE} AS build
# Debian's own point releases decide the versions; pinning them here would break every rebuild.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv ca-certificates \
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/tools \
    && /opt/tools/bin/pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
WORKDIR /build
ENV UV_PROJECT_ENVIRONMENT=/opt/planwatch \
    UV_PYTHON_DOWNLOADS=never \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy
# The packages first: they change seldom, and so this layer is kept.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN /opt/tools/bin/uv sync --frozen --no-dev --extra fast --no-install-project
COPY alerts alerts
COPY dashboard dashboard
COPY monitor monitor
COPY plans plans
COPY planwatch planwatch
COPY reports reports
COPY storage storage
COPY sources.yaml ./
RUN /opt/tools/bin/uv sync --frozen --no-dev --extra fast --no-editable

# hadolint ignore=DL3006
FROM ${BASE}
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10321 --create-home planwatch \
    && install -d -o planwatch -g planwatch /data
COPY --from=build /opt/planwatch /opt/planwatch
ENV PATH=/opt/planwatch/bin:$PATH \
    PLANWATCH_DATA=/data \
    PLANWATCH_LISTEN=0.0.0.0:8321 \
    PYTHONUNBUFFERED=1
USER 10321
WORKDIR /data
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
    CMD ["planwatch", "status", "--quiet"]
ENTRYPOINT ["planwatch"]
CMD ["run"]
