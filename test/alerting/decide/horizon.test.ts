import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planMinutes } from '../../../alerting/decide/horizon.js';
import { telemetryState } from '../../../alerting/decide/telemetry.js';

const minuteMs = 60_000;
const day = Date.UTC(2026, 10, 20);
const at = (minute: number, seconds = 0) => day + minute * minuteMs + seconds * 1_000;

type Given = { decided: number | null; now: number; ledger?: number; delayMs?: number };
const cases: { name: string; given: Given; minutes: number[]; skipped?: number }[] = [
  {
    name: 'the first look decides the minute that is over',
    given: { decided: null, now: at(10, 5) },
    minutes: [10],
  },
  { name: 'a minute that goes on is not due', given: { decided: 10, now: at(10, 59) }, minutes: [] },
  {
    name: 'late telemetry is waited for',
    given: { decided: 10, now: at(11, 5), delayMs: 30_000 },
    minutes: [],
  },
  { name: 'and then decided', given: { decided: 10, now: at(11, 31), delayMs: 30_000 }, minutes: [11] },
  {
    name: 'it is never waited for longer than five minutes',
    given: { decided: 10, now: at(16), delayMs: 3_600_000 },
    minutes: [11],
  },
  { name: 'missed minutes come in order', given: { decided: 10, now: at(14) }, minutes: [11, 12, 13, 14] },
  {
    name: 'a ledger that stands still is waited for',
    given: { decided: 10, now: at(30), ledger: at(11) },
    minutes: [11],
  },
  { name: 'a clock a little back decides nothing again', given: { decided: 10, now: at(6) }, minutes: [] },
  { name: 'a clock far back goes on from there', given: { decided: 1_000, now: at(10) }, minutes: [10] },
  {
    name: 'what was missed more than a day ago stays undecided',
    given: { decided: 0, now: at(2_000) },
    minutes: [561, 562, 563, 564, 565],
    skipped: 560,
  },
];
for (const { name, given, minutes, skipped = 0 } of cases)
  test(`planMinutes: ${name}`, () => {
    const { decided, now, ledger = now, delayMs = 0 } = given;
    const decidedUntilMs = decided === null ? null : at(decided);
    const plan = planMinutes({ decidedUntilMs, nowMs: now, ledgerMs: ledger, delayMs, most: 5 });
    assert.deepEqual(plan, { minutes: minutes.map((one) => at(one)), skippedMs: skipped * minuteMs });
  });

/** Minutes in which something ran. */
const busy = (...minutes: number[]) => minutes.map((minute) => at(minute) / 1_000);
const everyMinute = busy(...Array.from({ length: 60 }, (_, index) => index));
const everyTen = busy(...Array.from({ length: 60 }, (_, index) => index * 10));

const silences: { name: string; minutes: number[]; at: number; isLost: boolean }[] = [
  { name: 'a busy tenant silent for eleven minutes', minutes: everyMinute, at: 71, isLost: true },
  { name: 'for ten minutes not yet', minutes: everyMinute, at: 70, isLost: false },
  { name: 'one that is often silent is given longer', minutes: everyTen, at: 615, isLost: false },
  { name: 'but not for ever', minutes: everyTen, at: 625, isLost: true },
  { name: 'a tenant that hardly ever runs is idle', minutes: busy(1, 2, 3), at: 1_000, isLost: false },
  { name: 'a tenant that never ran is idle', minutes: [], at: 1_000, isLost: false },
];
for (const { name, minutes, at: minute, isLost } of silences)
  test(`telemetryState: ${name}`, () => assert.equal(telemetryState(minutes, at(minute)).isLost, isLost));
