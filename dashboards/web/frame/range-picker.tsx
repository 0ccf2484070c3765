import { type TimeRangeId, timeRanges } from '../view/time-range.js';

/** How far back to look. */
export function RangePicker({
  chosen,
  choose,
}: {
  chosen: TimeRangeId | null;
  choose: (id: TimeRangeId) => void;
}) {
  return (
    <fieldset className="ranges">
      <legend className="unseen">Time range</legend>
      {timeRanges.map(({ id, label, words }) => (
        <label key={id} title={words}>
          <input type="radio" name="range" value={id} checked={id === chosen} onChange={() => choose(id)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
