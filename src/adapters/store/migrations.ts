/**
 * The steps from an empty database to the tables of schema.ts, in order. A step that was released is never changed: what comes later is
 * a new step. One statement at a time, as the embedded database takes no more.
 */
import { assignedStep } from './migration-assigned.js'
import { englishStep } from './migration-english.js'
import { fixityStep } from './migration-fixity.js'
import { failedRulesStep, organsStep, otherOrgansStep } from './migration-organs.js'
import { reviewStep } from './migration-review.js'
import type { Step } from './step.js'

export const STEPS: readonly Step[] = [
  {
    name: '0001-archive',
    statements: [
      `create table documents (
        id integer generated always as identity primary key,
        sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
        byte_length bigint not null check (byte_length >= 0),
        file_name text not null,
        received_at timestamptz not null default now(),
        extraction_id integer,
        tries smallint not null default 0,
        asked_again boolean not null default false,
        given_up text,
        deleted_at timestamptz,
        deleted_reason text,
        check ((deleted_at is null) = (deleted_reason is null))
      )`,
      `create table extractions (
        id integer generated always as identity primary key,
        document_id integer not null references documents (id),
        extractor_version text not null,
        status text not null check (status in ('accepted', 'needs_review', 'failed')),
        failure_code text,
        media_type text not null,
        page_count integer,
        title text,
        organ text,
        year integer,
        vintage text,
        record text not null,
        milliseconds integer not null,
        extracted_at timestamptz not null default now(),
        check ((status = 'failed') = (failure_code is not null))
      )`,
      // One reading by each version, but for those that the machine cut short: another attempt may well go further.
      `create unique index extractions_once on extractions (document_id, extractor_version)
        where failure_code is null or failure_code not in ('timeout', 'out_of_memory')`,
      'create index extractions_document on extractions (document_id)',
      // A record takes the server half the time to pack that it takes by default, and a tenth more room. Not every server is built with it.
      `do $$ begin
        if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals)) then
          alter table extractions alter column record set compression lz4;
        end if; end $$`,
      'alter table documents add foreign key (extraction_id) references extractions (id)',
      'create index documents_unread on documents (id) where (extraction_id is null or asked_again) and deleted_at is null and given_up is null',
      'create index extractions_organ_year on extractions (organ, year)',
      // Written by keep_extraction alone, which holds the document meanwhile: checking a reference for each fact would take a third of its time.
      `create table facts (
        document_id integer not null,
        ordinal smallint not null,
        key text not null,
        value numeric,
        raw text,
        state text not null check (state in ('number', 'zero', 'blank', 'dash', 'absent', 'unreadable')),
        unit text not null,
        location json,
        primary key (document_id, ordinal),
        check ((value is null) = (state not in ('number', 'zero')))
      )`,
      'create index facts_key on facts (key, document_id)',
      `create table flags (
        document_id integer not null references documents (id),
        ordinal smallint not null,
        code text not null,
        severity text not null check (severity in ('error', 'warning')),
        message text not null,
        facts text[] not null,
        location json,
        primary key (document_id, ordinal)
      )`,
      'create index flags_code on flags (code, document_id)',
      `create table batches (
        id uuid primary key default gen_random_uuid(),
        label text not null,
        idempotency_key text unique,
        created_by text not null,
        created_at timestamptz not null default now(),
        closed_at timestamptz
      )`,
      `create table batch_files (
        id integer generated always as identity primary key,
        batch_id uuid not null references batches (id),
        file_name text not null,
        byte_length bigint,
        document_id integer references documents (id),
        outcome text not null check (outcome in ('new', 'same_bytes', 'refused')),
        reason_code text,
        reason text,
        received_at timestamptz not null default now(),
        check ((outcome = 'refused') = (document_id is null)),
        check ((outcome = 'refused') = (reason_code is not null))
      )`,
      // The same file sent to the same batch again is the same line of its receipt.
      'create unique index batch_files_once on batch_files (batch_id, file_name, coalesce(document_id, 0))',
      'create index batch_files_document on batch_files (document_id)',
      `create table events (
        id bigint generated always as identity primary key,
        at timestamptz not null default now(),
        actor text not null,
        kind text not null,
        document_id integer references documents (id),
        batch_id uuid references batches (id),
        detail jsonb not null default '{}'
      )`,
      'create index events_document on events (document_id) where document_id is not null',
      `create table users (
        id uuid primary key default gen_random_uuid(),
        name text not null unique,
        password_hash text not null,
        role text not null check (role in ('archivist', 'reviewer', 'analyst', 'administrator')),
        created_at timestamptz not null default now(),
        disabled_at timestamptz,
        failed_logins integer not null default 0,
        locked_until timestamptz
      )`,
      `create table invitations (
        token_hash text primary key,
        role text not null check (role in ('archivist', 'reviewer', 'analyst', 'administrator')),
        created_by text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      )`,
      `create table sessions (
        token_hash text primary key,
        user_id uuid not null references users (id),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`,
      `create table api_keys (
        id uuid primary key default gen_random_uuid(),
        name text not null,
        key_hash text not null unique,
        prefix text not null,
        scopes text[] not null,
        created_by text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz
      )`,
      // For analysts with SQL: facts of live documents, by the extraction in force.
      `create view current_facts as
        select f.document_id, f.ordinal, d.sha256, d.file_name, e.organ, e.year, e.vintage, e.status, f.key, f.value, f.state, f.raw, f.unit,
          (f.location ->> 'page')::integer as page, f.location -> 'box' as box, f.location
        from facts f
          join documents d on d.id = f.document_id
          join extractions e on e.id = d.extraction_id
        where d.deleted_at is null`,
      `create function refuse_change() returns trigger language plpgsql as $$
        begin raise exception '% only grows', tg_table_name; end $$`,
      'create trigger extractions_stay before update or delete on extractions for each row execute function refuse_change()',
      'create trigger events_stay before update or delete on events for each row execute function refuse_change()',
    ],
  },
  {
    name: '0002-keep-extraction',
    statements: [
      // In the server, as 10,000 reports in one go are kept by it: one round trip, planned once a connection. extractions.ts calls it.
      `create function keep_extraction(
        of_sha256 text, version text, of_status text, failure text, type text, pages integer, of_title text, of_organ text, of_year integer,
        of_vintage text, line text, took integer,
        fact_keys text[], fact_values numeric[], fact_raws text[], fact_states text[], fact_units text[], fact_locations text[], flag_list json
      ) returns boolean language plpgsql as $$
        declare
          document integer;
          extraction integer;
        begin
          select id into strict document from documents where sha256 = of_sha256 for update;
          if exists (
            select from extractions where document_id = document and extractor_version = version
              and (failure_code is null or failure_code not in ('timeout', 'out_of_memory'))
          ) then
            update documents set tries = 0, given_up = null, asked_again = false
            where id = document and (tries > 0 or given_up is not null or asked_again);
            return false;
          end if;

          insert into extractions (document_id, extractor_version, status, failure_code, media_type, page_count, title, organ, year, vintage,
            record, milliseconds)
          values (document, version, of_status, failure, type, pages, of_title, of_organ, of_year, of_vintage, line, took)
          returning id into extraction;
          update documents set extraction_id = extraction, tries = 0, given_up = null, asked_again = false where id = document;

          delete from facts where document_id = document;
          insert into facts (document_id, ordinal, key, value, raw, state, unit, location)
          select document, place - 1, key, value, raw, state, unit, location::json
          from unnest(fact_keys, fact_values, fact_raws, fact_states, fact_units, fact_locations)
            with ordinality as fact (key, value, raw, state, unit, location, place);

          delete from flags where document_id = document;
          insert into flags (document_id, ordinal, code, severity, message, facts, location)
          select document, row_number() over () - 1, code, severity, message, facts, nullif(location::text, 'null')::json
          from json_to_recordset(flag_list) as flag (code text, severity text, message text, facts text[], location json);

          insert into events (actor, kind, document_id, detail)
          values ('system', 'extracted', document, jsonb_build_object('status', of_status, 'version', version));
          return true;
        end $$`,
    ],
  },
  {
    name: '0003-grades-and-discrepancies',
    statements: [
      // null of what an earlier version has read, too: it did not grade.
      `alter table facts
        add column derived numeric,
        add column grade text check (grade in ('proven', 'summed', 'read_twice', 'read_once', 'contested'))`,
      'alter table flags add column counterpart json',
      `create table discrepancies (
        document_id integer not null references documents (id),
        ordinal smallint not null,
        verdict text not null check (verdict in ('misread', 'published', 'undecided')),
        rules text[] not null,
        subjects text[] not null,
        suspects text[] not null,
        proposal jsonb,
        message text not null,
        primary key (document_id, ordinal),
        check (cardinality(rules) = cardinality(subjects))
      )`,
      'create index discrepancies_verdict on discrepancies (verdict, document_id)',
      'create index discrepancies_proposed on discrepancies (document_id) where proposal is not null',
      `create or replace view current_facts as
        select f.document_id, f.ordinal, d.sha256, d.file_name, e.organ, e.year, e.vintage, e.status, f.key, f.value, f.state, f.raw, f.unit,
          (f.location ->> 'page')::integer as page, f.location -> 'box' as box, f.location, f.derived, f.grade
        from facts f
          join documents d on d.id = f.document_id
          join extractions e on e.id = d.extraction_id
        where d.deleted_at is null`,
      `drop function keep_extraction(text, text, text, text, text, integer, text, text, integer, text, text, integer,
        text[], numeric[], text[], text[], text[], text[], json)`,
      // fact_derived is null where nothing is derived, which is so of most reports.
      `create function keep_extraction(
        of_sha256 text, version text, of_status text, failure text, type text, pages integer, of_title text, of_organ text, of_year integer,
        of_vintage text, line text, took integer,
        fact_keys text[], fact_values numeric[], fact_raws text[], fact_states text[], fact_units text[], fact_locations text[],
        fact_derived numeric[], fact_grades text[], flag_list json, discrepancy_list json
      ) returns boolean language plpgsql as $$
        declare
          document integer;
          extraction integer;
        begin
          select id into strict document from documents where sha256 = of_sha256 for update;
          if exists (
            select from extractions where document_id = document and extractor_version = version
              and (failure_code is null or failure_code not in ('timeout', 'out_of_memory'))
          ) then
            update documents set tries = 0, given_up = null, asked_again = false
            where id = document and (tries > 0 or given_up is not null or asked_again);
            return false;
          end if;

          insert into extractions (document_id, extractor_version, status, failure_code, media_type, page_count, title, organ, year, vintage,
            record, milliseconds)
          values (document, version, of_status, failure, type, pages, of_title, of_organ, of_year, of_vintage, line, took)
          returning id into extraction;
          update documents set extraction_id = extraction, tries = 0, given_up = null, asked_again = false where id = document;

          delete from facts where document_id = document;
          insert into facts (document_id, ordinal, key, value, raw, state, unit, location, derived, grade)
          select document, place - 1, key, value, raw, state, unit, location::json, derived, grade
          from unnest(fact_keys, fact_values, fact_raws, fact_states, fact_units, fact_locations, fact_derived, fact_grades)
            with ordinality as fact (key, value, raw, state, unit, location, derived, grade, place);

          delete from flags where document_id = document;
          insert into flags (document_id, ordinal, code, severity, message, facts, location, counterpart)
          select document, row_number() over () - 1, code, severity, message, facts, nullif(location::text, 'null')::json,
            nullif(counterpart::text, 'null')::json
          from json_to_recordset(flag_list)
            as flag (code text, severity text, message text, facts text[], location json, counterpart json);

          delete from discrepancies where document_id = document;
          insert into discrepancies (document_id, ordinal, verdict, rules, subjects, suspects, proposal, message)
          select document, row_number() over () - 1, verdict, rules, subjects, suspects, nullif(proposal, 'null'), message
          from json_to_recordset(discrepancy_list)
            as discrepancy (verdict text, rules text[], subjects text[], suspects text[], proposal jsonb, message text);

          insert into events (actor, kind, document_id, detail)
          values ('system', 'extracted', document, jsonb_build_object('status', of_status, 'version', version));
          return true;
        end $$`,
    ],
  },
  reviewStep,
  organsStep,
  failedRulesStep,
  fixityStep,
  assignedStep,
  otherOrgansStep,
  englishStep,
]
