import type { Diagnosis } from '../../../../schemas/alerting/diagnosis.js';
import { dateTime } from '../../view/clock-time.js';
import { traceHref } from '../../view/debug/debug-urls.js';
import { exactCount, formatCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';

const mostContrasts = 8;

/** What the bad runs have in common, the first span that failed, and what changed. */
export function DiagnosisView({ diagnosis }: { diagnosis: Diagnosis }) {
  const { sentence, contrasts, firstFailing, deployments, brokeFirst, bad, total, viewPath } = diagnosis;
  return (
    <>
      <p className="diagnosis-sentence">
        <bdi>{sentence}</bdi>
      </p>
      {contrasts.length > 0 && (
        <table className="debug-table contrast-table">
          <caption className="unseen">What bad runs have in common, strongest first</caption>
          <thead>
            <tr>
              <th scope="col">What they share</th>
              <th scope="col" className="number">
                Of bad
              </th>
              <th scope="col" className="number">
                Of good
              </th>
              <th scope="col" className="number wide-only">
                Bad runs
              </th>
            </tr>
          </thead>
          <tbody>
            {contrasts.slice(0, mostContrasts).map((one) => (
              <tr key={`${one.dimension} ${one.value}`}>
                <th scope="row" title={one.value}>
                  <span className="aside">{one.dimension}</span>{' '}
                  <bdi>{one.value === '' ? 'not told' : one.value}</bdi>
                  {one.isNew && (
                    <>
                      {' '}
                      <span className="chip new">New</span>
                    </>
                  )}
                </th>
                <td className="number">
                  <Figure text={formatRatio(one.badShareRatio)} />
                </td>
                <td className="number">
                  <Figure text={formatRatio(one.goodShareRatio)} />
                </td>
                <td className="number wide-only" title={`${exactCount(one.bad)} of ${exactCount(one.total)}`}>
                  <Figure text={formatCount(one.bad)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="facts diagnosis-facts">
        {firstFailing !== null && (
          <>
            <dt>First to fail</dt>
            <dd>
              <a href={traceHref(firstFailing.traceId, firstFailing.spanId)}>
                <bdi>{firstFailing.name}</bdi>
              </a>{' '}
              in <bdi>{firstFailing.function}</bdi>, {dateTime(Date.parse(firstFailing.at))}
              {firstFailing.message !== '' && (
                <span className="aside diagnosis-message">
                  <bdi>{firstFailing.message}</bdi>
                </span>
              )}
            </dd>
          </>
        )}
        {brokeFirst !== null && (
          <>
            <dt>Broke first</dt>
            <dd>
              the {brokeFirst.kind} <bdi>{brokeFirst.name}</bdi>, {dateTime(Date.parse(brokeFirst.at))}
            </dd>
          </>
        )}
        <dt>Deployed before</dt>
        <dd>
          {deployments.length === 0
            ? 'nothing'
            : deployments.map(({ id, function: name, version, at }) => (
                <span key={id} className="diagnosis-deployment">
                  <bdi>
                    {name} {version}
                  </bdi>
                  , {dateTime(Date.parse(at))}
                </span>
              ))}
        </dd>
        <dt>Evidence</dt>
        <dd>
          <a href={viewPath}>
            {formatCount(bad)} bad of {formatCount(total)} runs
          </a>
        </dd>
      </dl>
    </>
  );
}
