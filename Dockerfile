# The daemon without compilers, development tools or a database: Postgres is named by DATABASE_URL (see compose.yaml).
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY prisma prisma
COPY src src
COPY config config
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# optional is the embedded Postgres, which the image does without
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production OPENWATCH_HOST=0.0.0.0 OPENWATCH_PORT=8484
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY bin bin
COPY prisma/migrations prisma/migrations
COPY config config
# docker compose exec openwatch openwatch passwd
RUN ln -s /app/bin/openwatch.mjs /usr/local/bin/openwatch
USER node
EXPOSE 8484
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPENWATCH_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/openwatch.mjs"]
CMD ["start"]
