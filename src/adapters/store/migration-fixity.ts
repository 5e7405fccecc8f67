import type { Step } from './step.js'

/** When the originals were read again, and what was found: of each check one row, brought up to date while it runs. */
export const fixityStep: Step = {
  name: '0007-fixity-checks',
  statements: [
    `create table fixity_checks (
      id integer generated always as identity primary key,
      asked_by text not null,
      started_at timestamptz not null default now(),
      touched_at timestamptz not null default now(),
      ended_at timestamptz,
      originals integer not null,
      sound integer not null default 0,
      changed integer not null default 0,
      unreadable integer not null default 0,
      missing integer not null default 0,
      untracked integer not null default 0,
      findings json not null default '[]'
    )`,
  ],
}
