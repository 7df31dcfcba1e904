# docker build -t consistency . && docker run --rm -v "$PWD:/site" consistency check
FROM python:3.12-slim AS build
WORKDIR /src
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels -c constraints.txt .

FROM python:3.12-slim
# git is for --since and pinned sources; the site that is mounted belongs to another user.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' \
    && useradd --create-home consistency
# What is installed are the wheels built above, each at the version of constraints.txt.
# hadolint ignore=DL3013
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels consistency
USER consistency
WORKDIR /site
ENTRYPOINT ["consistency"]
CMD ["check"]
