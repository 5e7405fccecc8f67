/**
 * The step that makes organs of the names in reports, and places each report with its organ and year.
 *
 * A trigger does it as an extraction comes into force, so that no way of keeping one forgets to. What follows for the checks between
 * reports is not done there: it is written down as a task, in the same transaction, which whoever has the time works off.
 */
import type { Step } from './step.js'

/**
 * From the name alone, the first that fits. A city above a district or county is said by both; 昆山市 alone looks like a city of the
 * first order, and is one until told otherwise. 市场, 城市 and the like are no places.
 */
const LEVELS = [
  ['township', '(镇|乡|街道|苏木)(人民政府|政府|办事处|管理委员会|管委会)?(党政综合)?(办公室)?$'],
  ['other', '(开发区|高新区|园区|示范区|度假区|保税区|试验区|实验区|合作区|管理区|风景区|景区|新城(?!区))'],
  ['county', '县|(?<![地社治郊])区(?!域)|旗|市.+(?<!城)市(?![场政民容])'],
  ['province', '^(北京|天津|上海|重庆)市|厅$'],
  ['city', '自治州|地区|(?<!联)盟|(?<!城)市(?![场政民容])'],
  ['province', '省|自治区|兵团'],
  ['central', '^(国务院|中华人民共和国|国家|中国|最高人民)'],
] as const

export const organsStep: Step = {
  name: '0005-organs',
  statements: [
    `create table organs (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      region_code text check (region_code ~ '^[0-9]{6}$'),
      level text check (level in ('central', 'province', 'city', 'county', 'township', 'other')),
      parent_id uuid references organs (id) on delete set null,
      successor_id uuid references organs (id) on delete set null,
      succeeded_in integer,
      created_at timestamptz not null default now(),
      check (parent_id <> id),
      check (successor_id <> id),
      check (succeeded_in is null or successor_id is not null)
    )`,
    'create index organs_parent on organs (parent_id) where parent_id is not null',
    'create index organs_successor on organs (successor_id) where successor_id is not null',
    `create index organs_name on organs (name collate "C", id)`,
    // The organ's own name is one of them.
    `create table organ_names (
      name text primary key,
      organ_id uuid not null references organs (id) on delete cascade
    )`,
    'create index organ_names_organ on organ_names (organ_id)',
    'create index organ_names_ending on organ_names (right(name, 2))',
    // Of each document that was read: which report it holds, as it now stands.
    `create table reports (
      document_id integer primary key references documents (id),
      organ_id uuid references organs (id),
      year integer,
      vintage text,
      status text not null check (status in ('accepted', 'needs_review', 'failed')),
      review text not null check (review in ('open', 'accepted', 'rejected')),
      is_live boolean not null
    )`,
    'create index reports_organ_year on reports (organ_id, year)',
    // Without a reference, which would have a report wait for another that is just being kept.
    `create table neighbour_tasks (
      id bigint generated always as identity primary key,
      document_id integer not null,
      due_at timestamptz not null default now()
    )`,
    'create index neighbour_tasks_due on neighbour_tasks (due_at)',
    'create index neighbour_tasks_document on neighbour_tasks (document_id)',
    `create table neighbour_checks (
      document_id integer not null references documents (id),
      ordinal smallint not null,
      rule text not null,
      subject text not null,
      level text not null check (level in ('error', 'warning', 'info')),
      outcome text not null check (outcome in ('pass', 'fail', 'skipped')),
      expected numeric,
      actual numeric,
      facts text[] not null,
      message text not null,
      against integer[] not null,
      primary key (document_id, ordinal)
    )`,
    `create index neighbour_checks_failed on neighbour_checks (rule, document_id) where outcome = 'fail'`,

    `create function level_of_organ(name text) returns text language sql immutable as $$
      select level from unnest(array[${LEVELS.map(([level]) => `'${level}'`).join(', ')}],
        array[${LEVELS.map(([, pattern]) => `'${pattern}'`).join(', ')}]) with ordinality as known (level, pattern, place)
      where name ~ pattern order by place limit 1 $$`,
    // Two that come upon a new name at once make one organ of it. Until the report stands, nobody gives its name to another organ.
    `create function organ_named(wanted text) returns uuid language plpgsql as $$
      declare
        found_id uuid;
        made_id uuid;
      begin
        if wanted is null or wanted = '' then return null; end if;
        select organ_id into found_id from organ_names where name = wanted for share;
        if found then return found_id; end if;
        insert into organs (name, level) values (wanted, level_of_organ(wanted)) returning id into made_id;
        insert into organ_names (name, organ_id) values (wanted, made_id) on conflict do nothing;
        if found then return made_id; end if;
        delete from organs where id = made_id;
        select organ_id into strict found_id from organ_names where name = wanted for share;
        return found_id;
      end $$`,
    // Tasks are only ever added, so that nobody waits for a worker, or for another who adds the same. One of the organ above waits for more.
    `create function ask_neighbours(document integer, of_organ uuid, of_year integer) returns void language sql as $$
      insert into neighbour_tasks (document_id, due_at)
      select document, now()
      union all
      select r.document_id, now() from reports r
      where r.document_id <> document and r.is_live and r.year = of_year + 1 and r.organ_id in (
        select of_organ union all select successor_id from organs where id = of_organ and successor_id is not null)
      union all
      select r.document_id, now() + interval '20 seconds' from reports r
      where r.is_live and r.year = of_year and r.organ_id = (select parent_id from organs where id = of_organ) $$`,
    `create function place_report(document integer) returns void language plpgsql as $$
      declare
        before reports;
        extracted record;
        organ uuid;
      begin
        select d.deleted_at is null as is_live, coalesce(r.organ, e.organ) as organ, coalesce(r.year, e.year) as year,
          coalesce(r.vintage, e.vintage) as vintage, e.status, coalesce(r.status, 'open') as review
        into extracted
        from documents d join extractions e on e.id = d.extraction_id left join reviews r on r.document_id = d.id where d.id = document;
        if not found then return; end if;
        select * into before from reports where document_id = document;
        organ := organ_named(left(extracted.organ, 500));
        insert into reports (document_id, organ_id, year, vintage, status, review, is_live)
        values (document, organ, extracted.year, extracted.vintage, extracted.status, extracted.review, extracted.is_live)
        on conflict (document_id) do update set organ_id = excluded.organ_id, year = excluded.year, vintage = excluded.vintage,
          status = excluded.status, review = excluded.review, is_live = excluded.is_live;
        perform ask_neighbours(document, organ, extracted.year);
        if before.document_id is not null and (before.organ_id, before.year) is distinct from (organ, extracted.year) then
          perform ask_neighbours(document, before.organ_id, before.year);
        end if;
      end $$`,
    `create function place_changed_report() returns trigger language plpgsql as $$
      begin perform place_report(new.id); return null; end $$`,
    `create trigger documents_place after update on documents for each row
      when (old.extraction_id is distinct from new.extraction_id or (old.deleted_at is null) <> (new.deleted_at is null))
      execute function place_changed_report()`,
    `create trigger documents_place_new after insert on documents for each row
      when (new.extraction_id is not null) execute function place_changed_report()`,

    // Each decision makes the version of its review grow, in the same transaction.
    `create function place_reviewed_report() returns trigger language plpgsql as $$
      begin perform place_report(new.document_id); return null; end $$`,
    `create trigger reviews_place after insert or update on reviews for each row execute function place_reviewed_report()`,

    `with named as (
        select distinct left(coalesce(r.organ, e.organ), 500) as name
        from documents d join extractions e on e.id = d.extraction_id left join reviews r on r.document_id = d.id
        where coalesce(r.organ, e.organ) <> ''
      ), made as (
        insert into organs (name, level) select name, level_of_organ(name) from named returning id, name
      )
      insert into organ_names (name, organ_id) select name, id from made`,
    `insert into reports (document_id, organ_id, year, vintage, status, review, is_live)
      select d.id, n.organ_id, coalesce(r.year, e.year), coalesce(r.vintage, e.vintage), e.status, coalesce(r.status, 'open'),
        d.deleted_at is null
      from documents d join extractions e on e.id = d.extraction_id left join reviews r on r.document_id = d.id
        left join organ_names n on n.name = left(coalesce(r.organ, e.organ), 500)`,
    'insert into neighbour_tasks (document_id) select document_id from reports where is_live order by document_id',
  ],
}

/**
 * Which rules a report breaks by itself, as read: for counting over all reports, which no flag allows. Written by who works off the
 * tasks, as that has the record open.
 */
export const failedRulesStep: Step = {
  name: '0006-failed-rules',
  statements: [
    `create table failed_rules (
      document_id integer not null references documents (id),
      rule text not null,
      primary key (document_id, rule)
    )`,
    'insert into neighbour_tasks (document_id) select document_id from reports order by document_id',
  ],
}

/** Of organs with near names, which are not the same: so that nobody is asked again. */
export const otherOrgansStep: Step = {
  name: '0009-other-organs',
  statements: [
    `create table other_organs (
      one uuid not null references organs (id) on delete cascade,
      other uuid not null references organs (id) on delete cascade,
      primary key (one, other),
      check (one < other)
    )`,
    'create index other_organs_other on other_organs (other)',
  ],
}
