import { useState } from 'preact/hooks';
import { ReconcileAnswer } from '../../../../schemas/cost/bill.js';
import { send } from '../../browser/ask.js';
import type { Failure } from '../../panel-state.js';
import { bridgeRows } from '../../view/cost/bridge-rows.js';
import { exactUsd, formatChange, formatUsd } from '../../view/cost/money.js';
import { exactCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { apiUrl } from '../../view/view-state.js';
import { Figure } from '../figure.js';

const mostBytes = 60_000_000;
const mostRows = 8;

type Step =
  | { kind: 'waiting' }
  | { kind: 'busy'; name: string }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'told'; name: string; answer: ReconcileAnswer };

/** A bill beside what telemetry says of the same days, as steps from one amount to the other. The bill is not kept. */
export function BillBridge() {
  const [step, setStep] = useState<Step>({ kind: 'waiting' });
  const read = async (file: File) => {
    if (file.size > mostBytes) return setStep({ kind: 'failed', failure: tooLarge });
    setStep({ kind: 'busy', name: file.name });
    const csv = await file.text();
    const answer = await send('POST', apiUrl('cost/reconcile'), ReconcileAnswer, { csv });
    if (answer.kind === 'signed-out') location.reload();
    else if (answer.kind === 'failed') setStep(answer);
    else setStep({ kind: 'told', name: file.name, answer: answer.data });
  };
  return (
    <section className="panel debug-panel" data-panel="bill" aria-labelledby="bill-title">
      <header className="debug-head">
        <h2 id="bill-title">Held against the bill</h2>
        <div className="aside">list prices; the file is compared and not kept</div>
      </header>
      <div className="bill-choose">
        <label className="button">
          {step.kind === 'busy' ? 'Comparing…' : step.kind === 'told' ? 'Another bill' : 'Choose a bill'}
          <input
            type="file"
            className="unseen"
            accept=".csv,text/csv"
            disabled={step.kind === 'busy'}
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              currentTarget.value = '';
              if (file !== undefined) void read(file);
            }}
          />
        </label>
        <p className="aside">
          {step.kind === 'told' || step.kind === 'busy' ? (
            <bdi>{step.name}</bdi>
          ) : (
            'A CSV file of FOCUS 1.0 to 1.3 or CUR 2.0. For Parquet: coldburn cost reconcile.'
          )}
        </p>
      </div>
      {step.kind === 'failed' && (
        <p role="alert" className="state-message">
          {step.failure.message}. {step.failure.remedy}
        </p>
      )}
      {step.kind === 'told' && <Bridge answer={step.answer} />}
    </section>
  );
}

function Bridge({ answer }: { answer: ReconcileAnswer }) {
  const { from, to, lines, coverageRatio, rows, notes } = answer;
  const steps = bridgeRows(answer);
  return (
    <>
      <p className="bill-says">
        {from === null || to === null ? 'No row of it has a day. ' : `${from} until ${to}, `}
        {exactCount(lines.read)} rows, {exactCount(lines.functions)} of functions
        {lines.unreadable > 0 && `, ${exactCount(lines.unreadable)} left out as they cannot be read`}.
        {coverageRatio !== null && ` Telemetry accounts for ${formatRatio(coverageRatio)} of it.`}
      </p>
      <table className="debug-table bridge-table">
        <caption className="unseen">From modelled cost to the bill; the steps add up exactly</caption>
        <tbody>
          {steps.map(({ key, label, meaning, usd, isTotal, leftRatio, widthRatio }) => (
            <tr key={key} data-total={isTotal}>
              <th scope="row" title={meaning}>
                {label}
              </th>
              <td className="bridge-bar wide-only">
                <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect
                    data-kind={isTotal ? 'total' : usd.startsWith('-') ? 'less' : 'more'}
                    x={leftRatio * 1000}
                    width={Math.max(2, widthRatio * 1000)}
                    y="0"
                    height="10"
                  />
                </svg>
              </td>
              <td className="number" title={exactUsd(usd)}>
                <Figure text={isTotal ? formatUsd(usd) : formatChange(usd)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > 0 && (
        <table className="debug-table">
          <caption className="unseen">Where they differ most, by day and function</caption>
          <thead>
            <tr>
              <th scope="col">Function and day</th>
              <th scope="col" className="cause wide-only">
                What
              </th>
              <th scope="col" className="number">
                Modelled
              </th>
              <th scope="col" className="number">
                Billed
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <tr key={JSON.stringify([row.day, row.function, row.dimension])}>
                <th scope="row" title={row.function}>
                  <bdi>{row.function === '' ? 'no function named' : row.function}</bdi>{' '}
                  <span className="aside">{row.day}</span>
                </th>
                <td className="cause wide-only">
                  <bdi>{row.dimension}</bdi>
                </td>
                <td className="number" title={exactUsd(row.modelledUsd)}>
                  <Figure text={formatUsd(row.modelledUsd)} />
                </td>
                <td className="number" title={exactUsd(row.billedListUsd)}>
                  <Figure text={formatUsd(row.billedListUsd)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {notes.slice(0, 4).map(({ code, message }) => (
        <p key={code + message} className="aside">
          <bdi>{message}</bdi>
        </p>
      ))}
    </>
  );
}

const tooLarge: Failure = {
  message: 'This file is larger than 60 MB',
  remedy: 'Use coldburn cost reconcile, which adds up files of any size before it sends them.',
  requestId: null,
};
