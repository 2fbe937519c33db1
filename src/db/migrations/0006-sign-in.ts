// Sign-in: accounts, sessions and keys as better-auth keeps them, counted tries, owner links, the outbox of mails.
import { type Kysely, sql } from 'kysely'
import { ADMISSION } from '../policies/admission.ts'
import { secureTable } from '../policies/secure-table.ts'

/**
 * The tables of better-auth 1.7 with its plugins for two-factor, passkeys and API keys, column by column as its own
 * generator prints them. They hold no organisation: an account may belong to several, and `membership` says to which.
 */
const SIGN_IN = `
CREATE SCHEMA IF NOT EXISTS sign_in;

CREATE TABLE sign_in."user" (
  "id" text PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  "image" text,
  "createdAt" timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt" timestamptz NOT NULL DEFAULT current_timestamp,
  "twoFactorEnabled" boolean,
  CHECK ("email" = lower("email"))
);

CREATE TABLE sign_in."session" (
  "id" text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES sign_in."user" ("id") ON DELETE CASCADE
);
CREATE INDEX session_by_user ON sign_in."session" ("userId");

CREATE TABLE sign_in."account" (
  "id" text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES sign_in."user" ("id") ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt" timestamptz NOT NULL,
  UNIQUE ("providerId", "accountId")
);
CREATE INDEX account_by_user ON sign_in."account" ("userId");

CREATE TABLE sign_in."verification" (
  "id" text PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT current_timestamp,
  "updatedAt" timestamptz NOT NULL DEFAULT current_timestamp
);
CREATE INDEX verification_by_identifier ON sign_in."verification" ("identifier");

CREATE TABLE sign_in."twoFactor" (
  "id" text PRIMARY KEY,
  "secret" text NOT NULL,
  "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES sign_in."user" ("id") ON DELETE CASCADE,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
CREATE INDEX two_factor_by_user ON sign_in."twoFactor" ("userId");

CREATE TABLE sign_in."passkey" (
  "id" text PRIMARY KEY,
  "name" text,
  "publicKey" text NOT NULL,
  "userId" text NOT NULL REFERENCES sign_in."user" ("id") ON DELETE CASCADE,
  "credentialID" text NOT NULL UNIQUE,
  "counter" integer NOT NULL,
  "deviceType" text NOT NULL,
  "backedUp" boolean NOT NULL,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
CREATE INDEX passkey_by_user ON sign_in."passkey" ("userId");

CREATE TABLE sign_in."apikey" (
  "id" text PRIMARY KEY,
  "configId" text NOT NULL,
  "name" text,
  "start" text,
  "referenceId" text NOT NULL REFERENCES sign_in."user" ("id") ON DELETE CASCADE,
  "prefix" text,
  "key" text NOT NULL UNIQUE,
  "refillInterval" integer,
  "refillAmount" integer,
  "lastRefillAt" timestamptz,
  "enabled" boolean,
  "rateLimitEnabled" boolean,
  "rateLimitTimeWindow" integer,
  "rateLimitMax" integer,
  "requestCount" integer,
  "remaining" integer,
  "lastRequest" timestamptz,
  "expiresAt" timestamptz,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "permissions" text,
  "metadata" text
);
CREATE INDEX apikey_by_user ON sign_in."apikey" ("referenceId");

CREATE TABLE sign_in."rateLimit" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL UNIQUE,
  "count" integer NOT NULL,
  "lastRequest" bigint NOT NULL
);

-- The tries of the last minutes, by the hash of what is tried: an account's address, a network address, a device.
CREATE TABLE sign_in.tried (
  key text PRIMARY KEY CHECK (key ~ '^[0-9a-f]{64}$'),
  at timestamptz[] NOT NULL
);

-- Links by which the first owner comes in; only their hashes. Made by the database's owner alone.
CREATE TABLE owner_link (
  organisation_id uuid NOT NULL,
  token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  person_id uuid NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (organisation_id, token_hash),
  FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)
);
`

/** A mail is a row, written with what it tells of; its words are emptied once it is sent. */
const MAIL = `
CREATE SCHEMA mail;

CREATE TABLE mail.outbox (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  key text UNIQUE CHECK (length(key) BETWEEN 1 AND 200),
  organisation_id uuid,
  person_id uuid,
  kind text NOT NULL CHECK (kind ~ '^[a-z-]+$'),
  to_address text CHECK (length(to_address) BETWEEN 3 AND 320),
  subject text CHECK (length(subject) BETWEEN 1 AND 300),
  body text CHECK (length(body) BETWEEN 1 AND 20000),
  posted_at timestamptz NOT NULL DEFAULT now(),
  due_at timestamptz NOT NULL DEFAULT now(),
  tries integer NOT NULL DEFAULT 0,
  trouble text,
  sent_at timestamptz,
  given_up_at timestamptz,
  CHECK (sent_at IS NULL OR given_up_at IS NULL),
  CHECK ((to_address IS NULL) = (sent_at IS NOT NULL) AND (body IS NULL) = (sent_at IS NOT NULL))
);
CREATE INDEX outbox_due ON mail.outbox (due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_by_person ON mail.outbox (organisation_id, person_id);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SIGN_IN).execute(db)
  await sql.raw(MAIL).execute(db)
  await sql.raw(secureTable('owner_link')).execute(db)
  await sql.raw(ADMISSION).execute(db)
}
