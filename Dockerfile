# docker build -t gouji .
# docker run --rm -v "$PWD/reports:/reports:ro" gouji extract /reports > records.jsonl
FROM node:24-slim AS build
WORKDIR /gouji
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
COPY workers ./workers
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /gouji
COPY --from=build /gouji/node_modules ./node_modules
COPY --from=build /gouji/dist ./dist
COPY package.json LICENSE NOTICE ./
RUN ln -s /gouji/dist/cli.js /usr/local/bin/gouji
USER node
WORKDIR /work
ENTRYPOINT ["gouji"]
CMD ["--help"]
