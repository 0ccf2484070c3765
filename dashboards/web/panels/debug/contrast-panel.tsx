import { useCallback, useState } from 'preact/hooks';
import { useContrast } from '../../browser/use-contrast.js';
import { type ContrastRow, contrastWords } from '../../view/debug/contrast-rows.js';
import type { DebugState } from '../../view/debug/debug-state.js';
import { contrastUrl } from '../../view/debug/debug-urls.js';
import { unknown } from '../../view/figure.js';
import { exactCount } from '../../view/format-count.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';
import { DebugPanel } from './debug-panel.js';

/** Which attributes set the runs of the window apart; asked when wanted, since it is many questions. */
export function ContrastPanel({ name, url }: { name: string; url: DebugState }) {
  const [isWanted, setWanted] = useState(false);
  const urlOf = useCallback((dimension: string) => contrastUrl(name, url, dimension), [name, url]);
  const state = useContrast(isWanted ? urlOf : null);
  return (
    <DebugPanel
      name="contrast"
      title="What differs"
      note={url.fixed === null ? 'drag over a chart to look at a part of the time' : 'in the time chosen'}
      above={
        !isWanted && (
          <p>
            <button type="button" className="button small" onClick={() => setWanted(true)}>
              Compare bad with good runs, and with the time before
            </button>
          </p>
        )
      }
      state={isWanted ? state : { kind: 'no-data', nothing: '' }}
      retry={() => setWanted(false)}
      heightRem={8}
    >
      {(rows) => <ContrastTable rows={rows} />}
    </DebugPanel>
  );
}

function ContrastTable({ rows }: { rows: readonly ContrastRow[] }) {
  return (
    <table className="debug-table">
      <caption className="unseen">What sets these runs apart, strongest first</caption>
      <thead>
        <tr>
          <th scope="col">Runs with</th>
          <th scope="col" className="number">
            Of bad
          </th>
          <th scope="col" className="number">
            Of good
          </th>
          <th scope="col" className="number">
            Before
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.dimension} ${row.value}`}>
            <th scope="row" title={`${row.value}, ${exactCount(row.runs)} runs`}>
              <span className="aside">{contrastWords[row.dimension]}</span>{' '}
              <bdi>{row.value === '' ? 'not told' : row.value}</bdi>{' '}
              {row.isNew && <span className="chip new">New</span>}
            </th>
            <Share ratio={row.badRatio} />
            <Share ratio={row.goodRatio} />
            <Share ratio={row.beforeRatio} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Share({ ratio }: { ratio: number | null }) {
  return (
    <td className="number">
      <Figure text={ratio === null ? unknown : formatRatio(ratio)} title="there were none" />
    </td>
  );
}
