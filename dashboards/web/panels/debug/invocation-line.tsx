import type { z } from 'zod';
import type { InvocationRow } from '../../../../schemas/invocations.js';
import { dateTime, exactClockTime } from '../../view/clock-time.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { errorLine, invocationMarks, outcomeLabels } from '../../view/debug/invocation-words.js';
import { formatDuration } from '../../view/format-duration.js';
import { Figure } from '../figure.js';
import { Marks } from './marks.js';

export type InvocationLineProps = {
  row: z.infer<typeof InvocationRow>;
  index: number;
  /** A time of day alone would be any of several. */
  withDate: boolean;
  isCurrent: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** One invocation; its time is the link to its trace. */
export function InvocationLine({ row, index, withDate, isCurrent, onKeyDown }: InvocationLineProps) {
  const startedMs = Date.parse(row.startedAt);
  const focus = { 'data-row': index, tabIndex: isCurrent ? 0 : -1, onKeyDown };
  const why = errorLine(row);
  const time = (
    <time dateTime={row.startedAt}>{withDate ? dateTime(startedMs) : exactClockTime(startedMs)}</time>
  );
  return (
    <tr aria-rowindex={index + 2} data-bad={row.outcome !== 'ok'}>
      <th scope="row" className="inv-time" title={`${dateTime(startedMs)} · ${row.startedAt}`}>
        {row.traceId === null ? (
          <button
            type="button"
            className="quiet-link"
            aria-disabled="true"
            title="It came without a trace"
            {...focus}
          >
            {time}
          </button>
        ) : (
          <a href={traceHref(row.traceId, row.spanId)} {...focus}>
            {time}
          </a>
        )}
      </th>
      <td className="inv-outcome">
        <span className="outcome-chip" data-outcome={row.outcome}>
          {outcomeLabels[row.outcome]}
        </span>
      </td>
      <td className="inv-duration">
        <Figure text={formatDuration(row.durationMs)} />
      </td>
      <td className="inv-what" title={why}>
        <Marks marks={invocationMarks(row)} />
        <bdi>{why}</bdi>
      </td>
      <td className="inv-version" title={row.version}>
        <bdi>{row.version}</bdi>
      </td>
      <td className="inv-id" title={row.invocationId}>
        <bdi>{row.invocationId}</bdi>
      </td>
    </tr>
  );
}
