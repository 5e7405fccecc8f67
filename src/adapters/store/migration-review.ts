/**
 * The step that gives review its tables: what people decided, whose turn a report is, and for each report read a row of the queue.
 *
 * What was decided only grows: an undone decision stays, with who undid it. The queue's row and the decided facts are made from record and
 * decisions (standing.ts) and hold nothing of their own, so that the queue, the lists and the exports need open no record.
 */
import type { Step } from './step.js'

export const reviewStep: Step = {
  name: '0004-review',
  statements: [
    // version grows with whatever a person who looks at the report should know before deciding: decisions, statuses, another extraction.
    `create table reviews (
      document_id integer primary key references documents (id),
      status text not null default 'open' check (status in ('open', 'accepted', 'rejected')),
      version integer not null default 0,
      changed_by text,
      changed_at timestamptz,
      reason text,
      organ text,
      year integer,
      vintage text,
      check (status = 'open' or (changed_by is not null and changed_at is not null))
    )`,
    `create index reviews_settled on reviews (changed_at) where status <> 'open'`,
    // json and not jsonb: what a document says may hold a NUL, which json keeps as its escape.
    `create table decisions (
      id integer generated always as identity primary key,
      document_id integer not null references documents (id),
      subject text not null,
      decision json not null,
      evidence json not null,
      made_by text not null,
      made_at timestamptz not null default now(),
      key uuid not null unique,
      version integer not null
    )`,
    'create index decisions_document on decisions (document_id, id)',
    `create table undone_decisions (
      decision_id integer primary key references decisions (id),
      undone_by text not null,
      undone_at timestamptz not null default now(),
      version integer not null
    )`,
    'create trigger decisions_stay before update or delete on decisions for each row execute function refuse_change()',
    'create trigger undone_decisions_stay before update or delete on undone_decisions for each row execute function refuse_change()',
    `create table claims (
      document_id integer primary key references documents (id),
      actor text not null,
      taken_at timestamptz not null default now(),
      expires_at timestamptz not null
    )`,
    'create index claims_actor on claims (actor)',
    // class is null: nothing to see. Such a report is in the queue when its place in the draw is below the share to be audited.
    `create table review_queue (
      document_id integer primary key references documents (id),
      class text check (class in ('proposal', 'error', 'prose', 'note')),
      rank smallint not null generated always as
        (case class when 'proposal' then 0 when 'error' then 1 when 'prose' then 2 when 'note' then 3 else 4 end) stored,
      open_items integer not null,
      message text not null,
      verdict text,
      proposal json,
      organ text,
      year integer,
      vintage text,
      draw double precision not null,
      settled boolean not null
    )`,
    `create index review_queue_order on review_queue (rank, (organ is null), (coalesce(organ, '')) collate "C", document_id) where not settled`,
    'create index review_queue_organ on review_queue (organ, year)',
    // What the decisions in force say of single facts.
    `create table decided_facts (
      document_id integer not null references documents (id),
      key text not null,
      decision text not null check (decision in ('corrected', 'as_published')),
      corrected numeric,
      primary key (document_id, key),
      check (decision = 'corrected' or corrected is null)
    )`,
    `create table review_settings (
      is_the_one boolean primary key default true check (is_the_one),
      audit_share double precision not null default 5 check (audit_share between 0 and 100)
    )`,
    'insert into review_settings default values',
    // null: not for the queue, as nothing could be read.
    `create function keep_standing(of_document integer, standing json) returns void language plpgsql as $$
      begin
        if standing is null then
          delete from review_queue where document_id = of_document;
          return;
        end if;
        insert into review_queue (document_id, class, open_items, message, verdict, proposal, organ, year, vintage, draw, settled)
        select of_document, class, open_items, message, verdict, nullif(proposal::text, 'null')::json, organ, year, vintage, draw, settled
        from json_to_record(standing) as row (class text, open_items integer, message text, verdict text, proposal json, organ text,
          year integer, vintage text, draw double precision, settled boolean)
        on conflict (document_id) do update set class = excluded.class, open_items = excluded.open_items, message = excluded.message,
          verdict = excluded.verdict, proposal = excluded.proposal, organ = excluded.organ, year = excluded.year,
          vintage = excluded.vintage, draw = excluded.draw, settled = excluded.settled;
      end $$`,
    // Reports that were read before and have nothing to see. The others get their row from their record, when the server starts.
    `insert into review_queue (document_id, open_items, message, organ, year, vintage, draw, settled)
      select d.id, 0, '', e.organ, e.year, e.vintage, ('x' || right(d.sha256, 8))::bit(32)::bigint / 4294967296.0 * 100, false
      from documents d join extractions e on e.id = d.extraction_id
      where e.status = 'accepted' and not exists (select from flags where document_id = d.id)
        and not exists (select from discrepancies where document_id = d.id)`,
    // review is that of review-state.ts.
    `create or replace view current_facts as
      select f.document_id, f.ordinal, d.sha256, d.file_name, coalesce(r.organ, e.organ) as organ, coalesce(r.year, e.year) as year,
        coalesce(r.vintage, e.vintage) as vintage, e.status, f.key, f.value, f.state, f.raw, f.unit,
        (f.location ->> 'page')::integer as page, f.location -> 'box' as box, f.location, f.derived, f.grade,
        c.decision, c.corrected,
        case when r.status in ('accepted', 'rejected') then r.status
          when not q.settled and (q.class is not null or q.draw < (select audit_share from review_settings)) then 'open' end as review
      from facts f
        join documents d on d.id = f.document_id
        join extractions e on e.id = d.extraction_id
        left join reviews r on r.document_id = d.id
        left join review_queue q on q.document_id = d.id
        left join decided_facts c on c.document_id = f.document_id and c.key = f.key
      where d.deleted_at is null`,
    `drop function keep_extraction(text, text, text, text, text, integer, text, text, integer, text, text, integer,
      text[], numeric[], text[], text[], text[], text[], numeric[], text[], json, json)`,
    // 'decided': people have decided something about the document, and nothing is kept unless the caller lays it over the record himself,
    // in the same transaction (is_laid).
    `create function keep_extraction(
      of_sha256 text, version text, of_status text, failure text, type text, pages integer, of_title text, of_organ text, of_year integer,
      of_vintage text, line text, took integer,
      fact_keys text[], fact_values numeric[], fact_raws text[], fact_states text[], fact_units text[], fact_locations text[],
      fact_derived numeric[], fact_grades text[], flag_list json, discrepancy_list json, standing json, is_laid boolean
    ) returns text language plpgsql as $$
      declare
        document integer;
        extraction integer;
        earlier integer;
      begin
        select id, extraction_id into strict document, earlier from documents where sha256 = of_sha256 for update;
        if exists (
          select from extractions where document_id = document and extractor_version = version
            and (failure_code is null or failure_code not in ('timeout', 'out_of_memory'))
        ) then
          update documents set tries = 0, given_up = null, asked_again = false
          where id = document and (tries > 0 or given_up is not null or asked_again);
          return 'known';
        end if;
        if not is_laid and earlier is not null and (
          exists (select from decisions where document_id = document)
          or exists (select from reviews where document_id = document and status <> 'open')
        ) then
          return 'decided';
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

        if not is_laid then perform keep_standing(document, standing); end if;
        -- Whoever has the earlier extraction before him is to look again before he decides.
        if earlier is not null then
          insert into reviews (document_id, version) values (document, 1)
          on conflict (document_id) do update set version = reviews.version + 1;
        end if;

        insert into events (actor, kind, document_id, detail)
        values ('system', 'extracted', document, jsonb_build_object('status', of_status, 'version', version));
        return 'kept';
      end $$`,
  ],
}
