# docker build -t gouji .
# docker run -d -p 127.0.0.1:4180:4180 -v gouji:/data gouji                                   # the service in one process
# docker run --rm -v "$PWD/reports:/reports:ro" gouji extract /reports > records.jsonl        # the command alone
FROM node:24-slim AS build
WORKDIR /gouji
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
COPY workers ./workers
COPY web ./web
# The build warms its compiled code up on them.
COPY samples/reports ./samples/reports
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
# For pictures of pages whose Chinese fonts are not embedded.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /gouji
COPY --from=build /gouji/node_modules ./node_modules
COPY --from=build /gouji/dist ./dist
COPY package.json LICENSE NOTICE ./
RUN ln -s /gouji/dist/cli.cjs /usr/local/bin/gouji && install --directory --owner=node --group=node /data
# In a container, who may reach it is decided by the ports that are published.
ENV NODE_ENV=production GOUJI_DATA=/data GOUJI_HOST=0.0.0.0
VOLUME /data
EXPOSE 4180
USER node
WORKDIR /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.GOUJI_PORT || 4180}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["gouji"]
CMD ["serve"]
