import type { Step } from './step.js'

/**
 * Why a report is in the queue, in English as well. null: the row was made before, and gets it when the server starts; empty: it is not worded.
 */
export const englishStep: Step = {
  name: '0010-message-in-english',
  statements: [
    'alter table review_queue add column message_in_english text',
    `create or replace function keep_standing(of_document integer, standing json) returns void language plpgsql as $$
      begin
        if standing is null then
          delete from review_queue where document_id = of_document;
          return;
        end if;
        insert into review_queue (document_id, class, open_items, message, message_in_english, verdict, proposal, organ, year, vintage, draw,
          settled)
        select of_document, class, open_items, message, message_in_english, verdict, nullif(proposal::text, 'null')::json, organ, year,
          vintage, draw, settled
        from json_to_record(standing) as row (class text, open_items integer, message text, message_in_english text, verdict text,
          proposal json, organ text, year integer, vintage text, draw double precision, settled boolean)
        on conflict (document_id) do update set class = excluded.class, open_items = excluded.open_items, message = excluded.message,
          message_in_english = excluded.message_in_english, verdict = excluded.verdict, proposal = excluded.proposal,
          organ = excluded.organ, year = excluded.year, vintage = excluded.vintage, draw = excluded.draw, settled = excluded.settled;
      end $$`,
  ],
}
