/**
 * The step that gives assigned cells their place among the decided facts.
 *
 * Of a document whose form was not known no cell was read: what people gave for its cells has a row here and none in `facts`. known_facts has
 * both, the one behind the other, so that who takes figures sees all there are; what was read stays as it was.
 */
import type { Step } from './step.js'

export const assignedStep: Step = {
  name: '0008-assigned',
  statements: [
    'alter table decided_facts drop constraint decided_facts_decision_check',
    'alter table decided_facts drop constraint decided_facts_check',
    // Of a cell without a row in facts: its place behind those that have one, and its unit.
    'alter table decided_facts add column ordinal smallint, add column unit text',
    `alter table decided_facts
      add check (decision in ('corrected', 'as_published', 'assigned')),
      add check (decision <> 'as_published' or corrected is null),
      add check ((ordinal is null) = (unit is null))`,
    `create view known_facts as
      select document_id, ordinal, key, value, raw, state, unit, location, derived, grade from facts
      union all
      select document_id, ordinal, key, null, null, 'absent', unit, null, null, null from decided_facts where unit is not null`,
    `create or replace view current_facts as
      select f.document_id, f.ordinal, d.sha256, d.file_name, coalesce(r.organ, e.organ) as organ, coalesce(r.year, e.year) as year,
        coalesce(r.vintage, e.vintage) as vintage, e.status, f.key, f.value, f.state, f.raw, f.unit,
        (f.location ->> 'page')::integer as page, f.location -> 'box' as box, f.location, f.derived, f.grade,
        c.decision, c.corrected,
        case when r.status in ('accepted', 'rejected') then r.status
          when not q.settled and (q.class is not null or q.draw < (select audit_share from review_settings)) then 'open' end as review
      from known_facts f
        join documents d on d.id = f.document_id
        join extractions e on e.id = d.extraction_id
        left join reviews r on r.document_id = d.id
        left join review_queue q on q.document_id = d.id
        left join decided_facts c on c.document_id = f.document_id and c.key = f.key
      where d.deleted_at is null`,
    // What an assignment rests on: how its grid reads in the extraction in force, where that is another than it was made on.
    `create table read_again (
      decision_id integer primary key references decisions (id),
      reads json not null
    )`,
  ],
}
