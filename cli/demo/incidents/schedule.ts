import { incidents } from './catalog.js';
import type { Incident, IncidentRun } from './incident.js';

const minutesPerDay = 1440;
const cycleDays = 28;

/** Day of the four-week cycle and time of day, UTC, at which each incident comes by itself. */
const timetable: Readonly<Record<string, readonly { day: number; at: string }[]>> = {
  'bad-deploy': [
    { day: 2, at: '13:05' },
    { day: 19, at: '09:40' },
  ],
  'slow-dependency': [{ day: 6, at: '18:20' }],
  'cold-start-storm': [{ day: 9, at: '10:00' }],
  'retry-storm': [{ day: 12, at: '15:30' }],
  'dlq-growth': [{ day: 15, at: '11:10' }],
  throttling: [{ day: 17, at: '19:00' }],
  'credential-rotation': [{ day: 21, at: '07:00' }],
  'memory-leak': [{ day: 4, at: '14:00' }],
  'silent-function': [{ day: 23, at: '02:00' }],
  'lost-telemetry': [{ day: 25, at: '12:00' }],
  'event-storm': [{ day: 27, at: '20:00' }],
  'latency-regression': [{ day: 13, at: '08:00' }],
  'harmless-noise': [
    { day: 8, at: '09:00' },
    { day: 22, at: '13:00' },
  ],
};

/** The incidents of the timetable that touch [fromMinute, toMinute), earliest first. */
export function scheduledRuns(fromMinute: number, toMinute: number): IncidentRun[] {
  const runs: IncidentRun[] = [];
  const longestDays = Math.ceil(Math.max(...incidents.map((one) => one.durationMinutes)) / minutesPerDay);
  const firstDay = Math.floor(fromMinute / minutesPerDay) - longestDays;
  for (let day = firstDay; day * minutesPerDay < toMinute; day++) {
    for (const incident of incidents) {
      for (const slot of timetable[incident.name] ?? []) {
        if (slot.day !== day % cycleDays) continue;
        const run = startIncident(incident, day * minutesPerDay + minuteOfDay(slot.at));
        if (run.startMinute < toMinute && run.endMinute > fromMinute) runs.push(run);
      }
    }
  }
  return runs.sort((a, b) => a.startMinute - b.startMinute);
}

/** The incident as it runs when it begins at this minute. */
export function startIncident(incident: Incident, startMinute: number): IncidentRun {
  return { incident, startMinute, endMinute: startMinute + incident.durationMinutes };
}

function minuteOfDay(at: string): number {
  const [hours, minutes] = at.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}
