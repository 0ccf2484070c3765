import type { IncidentAnswer } from '../../../../schemas/alerting/incident-answer.js';
import type { ListedBudget } from '../../../../schemas/slo/budget-list.js';

type Open = Pick<IncidentAnswer, 'severity' | 'title'>;
type Alarm = Pick<ListedBudget, 'status' | 'title'>;

/** "Must I act?" in one sentence: pages first, then what burns without one, then tickets. Null is not known yet. */
export function oncallSentence(
  incidents: readonly Open[] | null,
  burning: readonly Alarm[] | null,
  objectives: number | null,
): { sentence: string; isAlarm: boolean } {
  const calm = (sentence: string) => ({ sentence, isAlarm: false });
  const alarm = (sentence: string) => ({ sentence, isAlarm: true });
  const pages = incidents?.filter(({ severity }) => severity === 'page') ?? [];
  const [page] = pages;
  if (page !== undefined)
    return alarm(pages.length === 1 ? page.title : `${pages.length} incidents page somebody`);
  if (incidents === null || burning === null || objectives === null) return calm('Looking…');
  const [worst] = burning;
  if (worst !== undefined) {
    if (burning.every(({ status }) => status === 'telemetry-lost')) return alarm('No telemetry comes in');
    return alarm(
      burning.length === 1 ? `${worst.title} is in danger` : `${burning.length} objectives are in danger`,
    );
  }
  if (incidents.length > 0)
    return calm(
      incidents.length === 1 ? 'One ticket, nothing urgent' : `${incidents.length} tickets, nothing urgent`,
    );
  return calm(objectives === 0 ? 'No objectives yet, so nothing can burn' : 'Nothing burns');
}
