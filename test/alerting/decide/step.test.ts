import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quietState, type SeriesState, type Standing, step } from '../../../alerting/decide/step.js';

type Level = { severity: 'page' | 'ticket'; name: string };
const page: Level = { severity: 'page', name: 'fast' };
const ticket: Level = { severity: 'ticket', name: 'slow' };
const minuteMs = 60_000;

function reached(level: Level | null): Standing<Level> {
  return { kind: 'judged', active: level, held: null, still: level };
}
const tooFew: Standing<Level> = { kind: 'judged', active: null, held: page, still: page };
const unknown: Standing<Level> = { kind: 'judged', active: null, held: null, still: page };
const frozen: Standing<Level> = { kind: 'frozen' };
const letters: Readonly<Record<string, Standing<Level>>> = {
  P: reached(page),
  T: reached(ticket),
  '.': reached(null),
  w: tooFew,
  u: unknown,
  f: frozen,
};

/** One letter a minute; answers what changed as `minute:kind`. */
function play(text: string, minimumMs = 0, start: SeriesState<Level> = quietState()) {
  let state = start;
  const changes: string[] = [];
  for (const [minute, letter] of [...text].entries()) {
    const standing = letters[letter];
    assert.ok(standing !== undefined);
    const stepped = step(state, standing, minute * minuteMs, { minimumMs });
    state = stepped.state;
    if (stepped.change !== null) changes.push(`${minute}:${stepped.change.kind}`);
  }
  return { changes, state };
}

const stories: { name: string; text: string; changes: string[]; minimumMs?: number }[] = [
  { name: 'it fires once and is over once', text: '..PPP..', changes: ['2:fired', '5:resolved'] },
  {
    name: 'the page hands over to the ticket',
    text: 'PPTTT.',
    changes: ['0:fired', '2:eased', '5:resolved'],
  },
  { name: 'the ticket becomes a page', text: 'TTPP.', changes: ['0:fired', '2:escalated', '4:resolved'] },
  { name: 'without calls nothing is over', text: 'PPuuuuP.', changes: ['0:fired', '7:resolved'] },
  { name: 'lost telemetry changes nothing', text: 'PPffff.', changes: ['0:fired', '6:resolved'] },
  { name: 'too few to judge is told of, once', text: '.wwww.', changes: ['1:withheld', '5:resolved'] },
  {
    name: 'what was withheld fires when there is enough',
    text: 'wwP.',
    changes: ['0:withheld', '2:fired', '3:resolved'],
  },
  {
    name: 'a minimum duration is waited for',
    text: 'PPP.PPPPP.',
    minimumMs: 3 * minuteMs,
    changes: ['0:withheld', '3:resolved', '4:withheld', '7:fired', '9:resolved'],
  },
  {
    name: 'what flaps is one incident, told over after ever longer quiet',
    text: `PP..PP${'.'.repeat(6)}PP${'.'.repeat(11)}`,
    changes: ['0:fired', '2:resolved', '4:reopened', '11:resolved', '12:reopened', '24:resolved'],
  },
  {
    name: 'an hour later it is another incident',
    text: `P${'.'.repeat(62)}P`,
    changes: ['0:fired', '1:resolved', '63:fired'],
  },
  {
    name: 'a page that comes again and again is not eased each time',
    text: 'PTPTPTTTTTT',
    changes: ['0:fired', '1:eased', '2:escalated', '10:eased'],
  },
];
for (const { name, text, changes, minimumMs } of stories)
  test(`step: ${name}`, () => assert.deepEqual(play(text, minimumMs).changes, changes));

function resolvedByHand(): SeriesState<Level> {
  const incident = {
    state: 'resolved' as const,
    severity: 'page' as const,
    resolvedAtMs: 0,
    isResolvedByHand: true,
    flaps: 0,
    wasPage: true,
  };
  return { ...quietState<Level>(), incident };
}

test('step: what somebody resolved stays quiet for half an hour while it goes on, and then comes back', () => {
  assert.deepEqual(play('P'.repeat(40), 0, resolvedByHand()).changes, ['30:reopened']);
});

test('step: what somebody resolved and then ended comes back at once when it begins again', () => {
  assert.deepEqual(play('PPP..P', 0, resolvedByHand()).changes, ['5:reopened']);
});

test('step: changes alternate: nothing is resolved that was not open or withheld, and nothing fires twice', () => {
  const letter = fc.constantFrom(...Object.keys(letters));
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 300 }), (text) => {
      let isOpen = false;
      let isWithheld = false;
      for (const change of play(text.join('')).changes) {
        const kind = change.split(':')[1];
        if (kind === 'fired' || kind === 'reopened') {
          assert.equal(isOpen, false);
          isOpen = true;
          isWithheld = false;
        } else if (kind === 'resolved') {
          assert.ok(isOpen || isWithheld);
          isOpen = false;
          isWithheld = false;
        } else if (kind === 'withheld') {
          assert.ok(!isOpen && !isWithheld);
          isWithheld = true;
        } else assert.equal(isOpen, true);
      }
    }),
    { numRuns: 500, seed: 3 },
  );
});
