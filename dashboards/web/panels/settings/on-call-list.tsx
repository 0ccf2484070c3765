import type { z } from 'zod';
import type { OnCallAnswer } from '../../../../schemas/alerting/notice-answers.js';
import { dateTime } from '../../view/clock-time.js';

/** Who is on call now, and until when. */
export function OnCallRows({ onCall: { schedules } }: { onCall: z.infer<typeof OnCallAnswer> }) {
  return (
    <ul className="plain-rows">
      {schedules.map(({ name, person, until, calendarPath, zone }) => (
        <li key={name}>
          <p className="row-main">
            <bdi>{person ?? 'nobody'}</bdi>{' '}
            <span className="row-version">
              for <bdi>{name}</bdi>
            </span>
          </p>
          <p className="aside row-more">
            {until !== null && `until ${dateTime(Date.parse(until))} · `}
            {zone} · <a href={calendarPath}>calendar</a>
          </p>
        </li>
      ))}
    </ul>
  );
}
