export type TimeFieldProps = { label: string; value: string; change: (value: string) => void };

/** A day and a time by the reader's own clock, to the minute. */
export function TimeField({ label, value, change }: TimeFieldProps) {
  return (
    <input
      type="datetime-local"
      className="text-field"
      aria-label={label}
      value={value}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
