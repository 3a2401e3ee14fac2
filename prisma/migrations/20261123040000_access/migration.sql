-- Who may see and change what: browsers that are signed in, tokens of programs, and how often a password was tried.
CREATE TABLE "web_session" (
    "id" SERIAL NOT NULL,
    "hash" BYTEA NOT NULL,
    "password_stamp" BYTEA NOT NULL,
    "agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "web_session_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "web_session_hash_key" ON "web_session"("hash");

CREATE TABLE "api_token" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "scope" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "api_token_name_key" ON "api_token"("name");

CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

CREATE TABLE "login_try" (
    "who" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "held_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_try_pkey" PRIMARY KEY ("who")
);
