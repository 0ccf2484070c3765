import type { Incident, IncidentRun } from '../incidents/incident.js';
import { scheduledRuns, startIncident } from '../incidents/schedule.js';

/** The incidents of the timetable and those somebody asked for. */
export class IncidentBook {
  readonly #asked: IncidentRun[] = [];

  /** Begins at this minute; what was simulated already stays as it was. */
  ask(incident: Incident, startMinute: number): IncidentRun {
    const run = startIncident(incident, startMinute);
    this.#asked.push(run);
    return run;
  }

  /** Takes over a run that was asked for elsewhere. */
  add(run: IncidentRun): void {
    this.#asked.push(run);
  }

  /** Those that touch [fromMinute, toMinute), earliest first. */
  between(fromMinute: number, toMinute: number): IncidentRun[] {
    const asked = this.#asked.filter((run) => run.startMinute < toMinute && run.endMinute > fromMinute);
    return [...scheduledRuns(fromMinute, toMinute), ...asked].sort((a, b) => a.startMinute - b.startMinute);
  }
}
