import type { ChangeDebug } from '../../browser/use-debug-state.js';
import type { DebugState } from '../../view/debug/debug-state.js';

const layers = [
  { cold: null, label: 'All starts', swatch: null },
  { cold: false, label: 'Warm', swatch: 'warm' },
  { cold: true, label: 'Cold', swatch: 'cold' },
] as const;

/** What the two colours are, and which of them to keep, here and in the list. */
export function HeatLegend({ url, changeUrl }: { url: DebugState; changeUrl: ChangeDebug }) {
  return (
    <fieldset className="ranges layers">
      <legend className="unseen">Cold and warm starts</legend>
      {layers.map(({ cold, label, swatch }) => (
        <label key={label}>
          <input type="radio" name="cold" checked={url.cold === cold} onChange={() => changeUrl({ cold })} />
          <span>
            {swatch !== null && <i className="swatch" data-kind={swatch} />}
            {label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
