import { useMemo, useState } from 'preact/hooks';
import { askOutcomes, askRegion } from '../../browser/ask-contrast.js';
import { useContrast } from '../../browser/use-contrast.js';
import { type ContrastRow, contrastWords } from '../../view/debug/contrast-rows.js';
import type { DebugState } from '../../view/debug/debug-state.js';
import { regionOf } from '../../view/debug/region-rows.js';
import { unknown } from '../../view/figure.js';
import { exactCount } from '../../view/format-count.js';
import { formatDuration } from '../../view/format-duration.js';
import { formatRatio } from '../../view/format-ratio.js';
import { Figure } from '../figure.js';
import { DebugPanel } from './debug-panel.js';

/** Which attributes set runs apart: bad from good ones, or those of a region of the heat map from all others. */
export function ContrastPanel({ name, url }: { name: string; url: DebugState }) {
  const [wanted, setWanted] = useState<string | null>(null);
  const region = useMemo(() => regionOf(url), [url]);
  const key = JSON.stringify([region, url.fixed, url.range, url.environment, url.version]);
  // Asked for what was pressed; looking elsewhere does not ask again by itself.
  const isWanted = wanted === key;
  const asked = useMemo(
    () => (!isWanted ? null : region === null ? askOutcomes(name, url) : askRegion(name, url, region)),
    [isWanted, name, key],
  );
  const state = useContrast(asked);
  return (
    <DebugPanel
      name="contrast"
      title="What differs"
      note={
        region !== null
          ? `runs of ${formatDuration(region.minMs)} to ${formatDuration(region.maxMs)} against all others`
          : url.fixed === null
            ? 'drag over a chart to look at a part of the time; with Shift over the heat map, at a part of the runs'
            : 'in the time chosen'
      }
      above={
        !isWanted && (
          <p>
            <button type="button" className="button small" onClick={() => setWanted(key)}>
              {region === null
                ? 'Compare bad with good runs, and with the time before'
                : 'Compare these runs with all others'}
            </button>
          </p>
        )
      }
      state={isWanted ? state : { kind: 'no-data', nothing: '' }}
      retry={() => setWanted(null)}
      heightRem={8}
    >
      {(rows) => <ContrastTable rows={rows} isRegion={region !== null} />}
    </DebugPanel>
  );
}

function ContrastTable({ rows, isRegion }: { rows: readonly ContrastRow[]; isRegion: boolean }) {
  return (
    <table className="debug-table">
      <caption className="unseen">What sets these runs apart, strongest first</caption>
      <thead>
        <tr>
          <th scope="col">Runs with</th>
          <th scope="col" className="number">
            {isRegion ? 'Inside' : 'Of bad'}
          </th>
          <th scope="col" className="number">
            {isRegion ? 'Outside' : 'Of good'}
          </th>
          {!isRegion && (
            <th scope="col" className="number">
              Before
            </th>
          )}
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
            {!isRegion && <Share ratio={row.beforeRatio} />}
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
