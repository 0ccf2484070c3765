import { useEffect, useState } from 'preact/hooks';
import type { Deployment } from '../../../../schemas/deployment.js';
import type { Answer } from '../../browser/ask.js';
import { type DeploymentEffect, readDeploymentEffect } from '../../browser/read-deployment-effect.js';
import { exactUsd, formatUsd } from '../../view/cost/money.js';
import { exactCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRatio } from '../../view/format-ratio.js';
import { effectSpan } from '../../view/oncall/deployment-effect.js';
import { sloHref } from '../../view/slo/slo-words.js';
import { Figure } from '../figure.js';
import { Refusal } from '../refusal.js';

/** Asked when it is opened: what was burned and what a million runs cost before a deployment and after it. */
export function DeploymentEffectView({ deployment, nowMs }: { deployment: Deployment; nowMs: number }) {
  // The clock moves on while this is open; what is compared does not.
  const [span] = useState(() => effectSpan(deployment.at, nowMs));
  const [answer, setAnswer] = useState<Answer<DeploymentEffect> | null>(null);
  useEffect(() => {
    if (span === null) return;
    const abort = new AbortController();
    readDeploymentEffect(deployment, span, abort.signal).then(setAnswer, () => undefined);
    return () => abort.abort();
  }, [deployment.id, span]);
  if (span === null)
    return <p className="aside effect">Less than five minutes have passed: too early to compare.</p>;
  if (answer === null)
    return (
      <p className="aside effect" aria-busy="true">
        Comparing…
      </p>
    );
  if (answer.kind !== 'ok') return <Refusal failure={answer.kind === 'failed' ? answer.failure : null} />;
  return <Effect effect={answer.data} length={formatDuration(span.lengthMs)} version={deployment.version} />;
}

type EffectProps = { effect: DeploymentEffect; length: string; version: string };

function Effect({ effect: { burned, cost, gate }, length, version }: EffectProps) {
  const { comparison } = gate;
  const judged = gate.reasons.filter(({ kind }) => kind !== 'burn' && kind !== 'budget');
  return (
    <div className="effect">
      <table className="debug-table effect-table">
        <caption className="unseen">Before the deployment and after it, {length} each</caption>
        <thead>
          <tr>
            <th scope="col" className="aside">
              {length} each
            </th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {burned.map(({ id, scope, title, before, after }) => (
            <tr key={id}>
              <th scope="row" title={title}>
                Budget burned, <a href={sloHref(id, scope)}>{title}</a>
              </th>
              <td className="number">
                <Figure text={formatRatio(before)} title="nothing that counts" />
              </td>
              <td className="number">
                <Figure text={formatRatio(after)} title="nothing that counts" />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Cost of a million runs</th>
            <Cost {...cost.before} />
            <Cost {...cost.after} />
          </tr>
          <tr>
            <th scope="row">Runs it is of</th>
            <td className="number">{exactCount(cost.before.runs)}</td>
            <td className="number" title={version === '' ? undefined : `of version ${version}`}>
              {exactCount(cost.after.runs)}
            </td>
          </tr>
        </tbody>
      </table>
      {judged.map(({ kind, says, holds }) => (
        <p key={kind} className="effect-says" data-holds={holds}>
          <bdi>{says}</bdi>
        </p>
      ))}
      {comparison !== null && (
        <p className="aside">
          {exactCount(comparison.candidate.bad)} of {exactCount(comparison.candidate.total)} runs failed,
          against {exactCount(comparison.running.bad)} of {exactCount(comparison.running.total)}{' '}
          {comparison.basis === 'before' ? 'before it' : 'of the others beside it'}.
        </p>
      )}
    </div>
  );
}

function Cost({ perMillionUsd }: { perMillionUsd: string | null }) {
  return (
    <td className="number">
      <Figure
        text={formatUsd(perMillionUsd)}
        title={perMillionUsd === null ? 'no rate or no runs' : exactUsd(perMillionUsd)}
      />
    </td>
  );
}
