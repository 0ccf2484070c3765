export type TextFieldProps = {
  /** Said to screen readers, and shown in the empty field. */
  label: string;
  value: string;
  change: (value: string) => void;
  maxLength?: number;
  isWide?: boolean;
};

/** One line of text in a form that opens in place. */
export function TextField({ label, value, change, maxLength = 200, isWide = false }: TextFieldProps) {
  return (
    <input
      type="text"
      className={isWide ? 'text-field wide' : 'text-field'}
      aria-label={label}
      placeholder={label}
      autocomplete="off"
      maxLength={maxLength}
      value={value}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}
