import type { Shift } from './on-call.js';

/** A schedule as an iCalendar file (RFC 5545), for calendars to subscribe to. */
export function calendarOf(name: string, shifts: readonly Shift[], nowMs: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Coldburn//On call//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(`On call: ${name}`)}`,
    ...shifts.flatMap(({ person, fromMs, untilMs }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(`${name}-${stamp(fromMs)}-${person}`)}@coldburn`,
      `DTSTAMP:${stamp(nowMs)}`,
      `DTSTART:${stamp(fromMs)}`,
      `DTEND:${stamp(untilMs)}`,
      `SUMMARY:${escaped(`${person} is on call for ${name}`)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r?\n/g, '\\n');
}

/** Lines are at most 75 bytes; those that follow begin with a space. */
function folded(line: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].map((text, at) => (at === 0 ? text : ` ${text}`));
}
