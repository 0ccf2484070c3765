/** Tells on standard error how far it is: each table when it begins, and then every few seconds. */
export function progressLine(
  err: (line: string) => void,
  now: () => Date,
): (table: string, text: string) => void {
  const everyMs = 5000;
  let lastTable = '';
  let lastMs = 0;
  return (table, text) => {
    const nowMs = now().getTime();
    if (table === lastTable && nowMs - lastMs < everyMs) return;
    lastTable = table;
    lastMs = nowMs;
    err(`${table}: ${text}`);
  };
}
