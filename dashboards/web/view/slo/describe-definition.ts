import { percentText } from '../../../../schemas/slo/percent.js';
import { periodText } from '../../../../schemas/slo/period.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { formatDuration } from '../format-duration.js';

/** What counts as good, in a sentence. */
export function goodText({ sli }: SloDefinition): string {
  if (sli.kind !== 'time-slice') return countedText(sli);
  return `A slice of ${formatDuration(sli.slice)} in which at least ${percentText(sli.atLeast)} are good: ${lower(countedText(sli.of))}`;
}

type Counted = Exclude<SloDefinition['sli'], { kind: 'time-slice' }>;

function countedText(sli: Counted): string {
  const cold = sli.coldStarts === 'excluded' ? ', cold starts left out' : '';
  switch (sli.kind) {
    case 'success':
      return `${sli.count === 'requests' ? 'A request, however often tried, that' : 'A run that'} ended well${cold}`;
    case 'latency':
      return `A run that took less than ${formatDuration(sli.under)}${
        sli.failed === 'ignored' ? ', failed runs left out' : ' and did not fail'
      }${cold}`;
  }
}

/** Which runs count, dimension by dimension. */
export function whereText({ where, per }: SloDefinition): string {
  const parts = Object.entries(where).map(([name, globs = []]) => `${name} ${globs.join(' or ')}`);
  const chosen = parts.length === 0 ? 'Every run' : parts.join(', ');
  return per === undefined ? chosen : `${chosen}, for each ${per}`;
}

export function promiseText({ objective, period }: SloDefinition): string {
  return `${percentText(objective)} over ${periodText(period)}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
