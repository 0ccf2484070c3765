import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldIncidents } from '../../../alerting/incidents/fold-events.js';
import type { IncidentEvent } from '../../../schemas/alerting/incident-event.js';
import { someEvent } from './some-event.js';

function folded(...steps: Partial<IncidentEvent>[]) {
  const events = steps.map((step, index) =>
    someEvent({ sequence: index + 1, at: `2026-11-20T10:0${index}:00.000Z`, ...step }),
  );
  const [incident, ...others] = foldIncidents(events);
  assert.ok(incident !== undefined);
  assert.deepEqual(others, []);
  return incident;
}

const at = (minute: number) => new Date(`2026-11-20T10:0${minute}:00.000Z`);

test('what was withheld is not open, and when it fires that is when people were told', () => {
  assert.equal(folded({ kind: 'withheld', reason: 'too-few-events' }).state, 'withheld');
  const { state, firedAt } = folded({ kind: 'withheld', reason: 'too-few-events' }, { kind: 'fired' });
  assert.deepEqual({ state, firedAt }, { state: 'open', firedAt: at(1) });
});

test('a page that eased to a ticket remembers that it was a page', () => {
  const { severity, worstSeverity, tier } = folded({}, { kind: 'eased', severity: 'ticket', tier: '3d/6h' });
  assert.deepEqual(
    { severity, worstSeverity, tier },
    { severity: 'ticket', worstSeverity: 'page', tier: '3d/6h' },
  );
});

test('the first to acknowledge counts, until it is reopened', () => {
  const ack = { kind: 'acknowledged', author: 'ann' } as const;
  const both = folded({}, ack, { ...ack, author: 'bob' });
  assert.deepEqual([both.acknowledgedAt, both.acknowledgedBy], [at(1), 'ann']);
  const again = folded({}, ack, { kind: 'resolved' }, { kind: 'reopened' });
  assert.equal(again.acknowledgedAt, null);
  assert.deepEqual([again.state, again.timesReopened, again.firedAt], ['open', 1, at(0)]);
});

test('the end says who ended it', () => {
  const { state, resolvedAt, resolvedBy } = folded({}, { kind: 'resolved', author: 'ann' });
  assert.deepEqual(
    { state, resolvedAt, resolvedBy },
    { state: 'resolved', resolvedAt: at(1), resolvedBy: 'ann' },
  );
});

test('the same event written twice counts once', () => {
  const reopened = someEvent({ sequence: 3, kind: 'reopened' });
  const [incident] = foldIncidents([
    someEvent({}),
    someEvent({ sequence: 2, kind: 'resolved' }),
    reopened,
    reopened,
  ]);
  assert.equal(incident?.timesReopened, 1);
});

test('notes and assignments leave the state as it is', () => {
  const { state, assignee } = folded(
    {},
    { kind: 'assigned', assignee: 'ann' },
    { kind: 'noted', summary: 'Looking' },
    { kind: 'joined', parentId: 'i0' },
  );
  assert.deepEqual({ state, assignee }, { state: 'open', assignee: 'ann' });
});
