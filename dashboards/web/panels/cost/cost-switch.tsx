export type CostSwitchProps = {
  name: string;
  legend: string;
  options: readonly { id: string; label: string; words?: string }[];
  chosen: string;
  choose: (id: string) => void;
};

/** One of a few. */
export function CostSwitch({ name, legend, options, chosen, choose }: CostSwitchProps) {
  return (
    <fieldset className="ranges cost-switch">
      <legend className="unseen">{legend}</legend>
      {options.map(({ id, label, words }) => (
        <label key={id} title={words}>
          <input type="radio" name={name} value={id} checked={id === chosen} onChange={() => choose(id)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
