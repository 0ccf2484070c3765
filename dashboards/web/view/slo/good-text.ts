import { percentText } from '../../../../schemas/slo/percent.js';
import type { SloDefinition } from '../../../../schemas/slo/slo-definition.js';
import { formatDuration } from '../format-duration.js';

type Sli = SloDefinition['sli'];
type Of<Kind extends Sli['kind']> = Extract<Sli, { kind: Kind }>;

/** What counts as good, in a sentence. */
export function goodText({ sli }: Pick<SloDefinition, 'sli'>): string {
  switch (sli.kind) {
    case 'time-slice':
      return `A slice of ${formatDuration(sli.slice)} in which at least ${percentText(sli.atLeast)} are good: ${lower(goodText({ sli: sli.of }))}`;
    case 'success': {
      const what = sli.count === 'requests' ? 'A request, however often tried, that' : 'A run that';
      return `${what} ended well${coldText(sli)}`;
    }
    case 'latency': {
      const failed = sli.failed === 'ignored' ? ', failed runs left out' : ' and did not fail';
      return `A run that took less than ${formatDuration(sli.under)}${failed}${coldText(sli)}`;
    }
    case 'error':
      return 'A run that did not fail';
    case 'timeout':
      return 'A run that did not run into its time limit';
    case 'retry':
      return 'A first attempt';
    case 'duplicate':
      return 'An event not processed before';
    case 'cold-start':
      return 'A run that began on a warm instance';
    case 'custom':
      return `A run for which ${sli.good.text}${sli.total === undefined ? '' : `, of those for which ${sli.total.text}`}`;
    case 'memory':
      return `A run that used less than ${percentText(sli.below)} of its memory`;
    case 'auth-failure':
      return 'A call that was neither rejected nor answered 401 or 403';
    default:
      return figureText(sli);
  }
}

function figureText(
  sli: Of<
    | 'metric-ratio'
    | 'gauge'
    | 'throttle'
    | 'coverage'
    | 'saturation'
    | 'dependency-error'
    | 'dependency-latency'
    | 'dlq-growth'
    | 'dlq-rate'
    | 'queue-age'
    | 'composite'
  >,
): string {
  switch (sli.kind) {
    case 'metric-ratio':
      return sli.bad === undefined
        ? `What ${sli.good?.metric ?? ''} counts, of ${sli.total.metric}`
        : `What ${sli.bad.metric} does not count, of ${sli.total.metric}`;
    case 'gauge': {
      const bound = sli.below === undefined ? `above ${sli.above ?? ''}` : `below ${sli.below}`;
      return `A ${sli.count === 'points' ? 'point' : 'minute'} with ${sli.metric} ${bound}`;
    }
    case 'throttle':
      return 'A call that was not throttled';
    case 'coverage':
      return 'A run that was seen, of those the provider counted';
    case 'saturation':
      return `A minute with no more at once than ${percentText(sli.below)} of ${sli.limit}`;
    case 'dependency-error':
      return `A call to ${sli.peer ?? 'a dependency'} that did not fail`;
    case 'dependency-latency':
      return `A call to ${sli.peer ?? 'a dependency'} that took less than ${formatDuration(sli.under)}`;
    case 'dlq-growth':
      return `A minute in which nothing arrived in ${sli.queue ?? 'a dead-letter queue'}`;
    case 'dlq-rate':
      return `A request whose message did not end in ${sli.queue ?? 'a dead-letter queue'}`;
    case 'queue-age':
      return `A minute in which the oldest message of ${sli.queue ?? 'a queue'} was younger than ${formatDuration(sli.under)}`;
    case 'composite':
      return `What is good to ${sli.of.map(({ slo, weight }) => `${slo}${weight === 1 ? '' : ` (times ${weight})`}`).join(', ')}`;
  }
}

function coldText({ coldStarts }: { coldStarts: 'included' | 'excluded' }): string {
  return coldStarts === 'excluded' ? ', cold starts left out' : '';
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
