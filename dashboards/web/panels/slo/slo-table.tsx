import type { RefObject } from 'preact';
import { exactCount } from '../../view/format-count.js';
import type { BudgetRow } from '../../view/slo/budget-rows.js';
import { keyOf } from '../../view/slo/budget-rows.js';
import {
  budgetText,
  burnText,
  changeText,
  objectiveText,
  sloHref,
  timeLeftText,
  windowText,
} from '../../view/slo/slo-words.js';
import type { VirtualWindow } from '../../view/virtual-window.js';
import { Figure } from '../figure.js';
import { BudgetBar } from './budget-bar.js';
import { StatusChip } from './status-chip.js';

export type SloTableProps = {
  /** Those in view, and where they stand in the whole list. */
  rows: readonly BudgetRow[];
  view: VirtualWindow;
  total: number;
  top: RefObject<HTMLDivElement | null>;
};

/** Objectives, what must be looked at first. Rows out of view are padding. */
export function SloTable({ rows, view, total, top }: SloTableProps) {
  return (
    <div ref={top} style={{ paddingTop: `${view.beforePx}px`, paddingBottom: `${view.afterPx}px` }}>
      <table className="slo-table" aria-rowcount={total + 1}>
        <caption className="unseen">Objectives, worst off first</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Objective</th>
            <th scope="col" className="col-status">
              Status
            </th>
            <th scope="col" className="col-budget">
              Budget left
            </th>
            <th scope="col" className="col-change">
              24 h
            </th>
            <th scope="col" className="col-promise">
              Promised
            </th>
            <th scope="col" className="col-burn">
              Burn
            </th>
            <th scope="col" className="col-time">
              Lasts
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={keyOf(row)} row={row} index={view.first + index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, index }: { row: BudgetRow; index: number }) {
  const { id, title, scope, owner, status, remainingRatio, beforeRatio, burn, objective, bad, badAllowed } =
    row;
  const fastest = burn.find(({ windowMs }) => windowMs >= 3_600_000) ?? burn[0];
  const change = changeText(remainingRatio, beforeRatio);
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row">
        <a className="name" href={sloHref(id, scope)} title={title}>
          <bdi>{title}</bdi>
        </a>
        <span className="slo-places">
          {scope !== '' && (
            <span className="chip" title={scope}>
              <bdi>{scope}</bdi>
            </span>
          )}
          <bdi title={id}>{id}</bdi>
          {owner !== null && <bdi className="slo-owner">{owner}</bdi>}
        </span>
      </th>
      <td className="col-status">
        <StatusChip status={status} />
      </td>
      <td className="col-budget">
        <span
          className="budget-figure"
          data-spent={remainingRatio !== null && remainingRatio <= 0}
          title={`${exactCount(bad)} bad of ${exactCount(badAllowed)} allowed`}
        >
          <Figure text={budgetText(remainingRatio)} title="nothing happened that counts" />
        </span>
        <BudgetBar remainingRatio={remainingRatio} />
      </td>
      <td className="col-change" title="Points of a hundred against a day ago">
        {change === null ? '' : change}
      </td>
      <td className="col-promise">
        <Figure text={objectiveText(objective)} />
      </td>
      <td className="col-burn" title={fastest === undefined ? '' : `Over ${windowText(fastest.windowMs)}`}>
        {burnText(fastest?.rate ?? null)}
      </td>
      <td className="col-time">
        <Figure text={timeLeftText(row)} />
      </td>
    </tr>
  );
}
