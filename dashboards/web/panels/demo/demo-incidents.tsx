import { type Demo, DemoIncidentRun } from '../../../../schemas/demo.js';
import { send } from '../../browser/ask.js';
import { useSending } from '../../browser/use-sending.js';
import { runOf, runText } from '../../view/demo/run-words.js';
import { apiUrl } from '../../view/view-state.js';
import { Refusal } from '../refusal.js';

export type DemoIncidentsProps = { demo: Demo; nowMs: number; changed: () => void };

/** Everything that can go wrong in the shop, each with a button. */
export function DemoIncidents({ demo: { incidents, runs }, nowMs, changed }: DemoIncidentsProps) {
  const { isBusy, failure, wait } = useSending();
  const start = async (name: string) => {
    const run = await wait(send('POST', apiUrl('demo/incidents'), DemoIncidentRun, { name }));
    if (run !== null) changed();
  };
  return (
    <>
      <Refusal failure={failure} />
      <ul className="demo-incidents">
        {incidents.map(({ name, title, cause, durationMinutes, isHarmful }) => {
          const run = runOf(runs, name);
          const isUnderWay = run?.state === 'active';
          return (
            <li key={name} data-state={run?.state ?? 'none'}>
              <div className="burning-what">
                <p className="demo-title">
                  {title}
                  {!isHarmful && <span className="chip">nobody should be woken</span>}
                </p>
                <p className="aside">{cause}</p>
              </div>
              <p className="demo-when">
                <span className={isUnderWay ? 'demo-now' : undefined}>{runText(run, nowMs)}</span>
                <span className="aside">{durationMinutes} min</span>
              </p>
              <button
                type="button"
                className="button small"
                aria-label={`Start: ${title}`}
                disabled={isBusy || isUnderWay}
                onClick={() => start(name)}
              >
                {isUnderWay ? 'Under way' : 'Start'}
              </button>
            </li>
          );
        })}
      </ul>
      <p className="aside debug-foot">
        Then look at <a href="/oncall">on call</a>: what is wrong, since when, and what explains it.
      </p>
    </>
  );
}
