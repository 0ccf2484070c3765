export type FacetSelectProps = {
  label: string;
  everything: string;
  values: string[];
  chosen: string | null;
  choose: (value: string | null) => void;
  /** What to call a value; values that are names are shown as they are. */
  wordsOf?: Readonly<Record<string, string>>;
};

/** One filter. Options carry a position and not the name, because an empty name is a value too. */
export function FacetSelect({ label, everything, values, chosen, choose, wordsOf = {} }: FacetSelectProps) {
  const options = chosen === null || values.includes(chosen) ? values : [chosen, ...values];
  const named = options.some((value) => value !== '');
  if (!named && chosen === null) return null;
  return (
    <select
      className="facet"
      aria-label={label}
      data-chosen={chosen !== null}
      value={chosen === null ? 'all' : String(options.indexOf(chosen))}
      onChange={(event) => choose(options[Number(event.currentTarget.value)] ?? null)}
    >
      <option value="all">{everything}</option>
      {options.map((value, index) => (
        <option key={value} value={String(index)}>
          {value === '' ? `No ${label.toLowerCase()}` : shortened(wordsOf[value] ?? value)}
        </option>
      ))}
    </select>
  );
}

/** Native menus grow as wide as their longest option. */
function shortened(value: string): string {
  return value.length > 48 ? `${value.slice(0, 47)}…` : value;
}
