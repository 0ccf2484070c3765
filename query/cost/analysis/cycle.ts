/** The billing cycle an instant lies in: from its day of the month, midnight UTC, to the same day of the next. */
export function cycleOf(at: Date, cycleDay: number): { from: Date; to: Date } {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  const start = at.getUTCDate() >= cycleDay ? month : month - 1;
  return {
    from: new Date(Date.UTC(year, start, cycleDay)),
    to: new Date(Date.UTC(year, start + 1, cycleDay)),
  };
}
