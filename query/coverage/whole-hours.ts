const hourMs = 3_600_000;
/** Of fewer hours, minutes are as quick: where they lie in the tables, the engine reads as much at the edges. */
const leastHours = 36;

export type WholeHours = { hoursFrom: Date; hoursTo: Date };

/** The hours of a window that may be read as sums by hour: whole ones, each in one step. None: both are its end. */
export function wholeHours(window: { from: Date; to: Date; stepSeconds: number }): WholeHours {
  const { from, to, stepSeconds } = window;
  const isOneStep = stepSeconds * 1000 >= to.getTime() - from.getTime();
  const isHourly = (stepSeconds * 1000) % hourMs === 0 && from.getTime() % hourMs === 0;
  const hoursFrom = Math.ceil(from.getTime() / hourMs) * hourMs;
  const hoursTo = Math.floor(to.getTime() / hourMs) * hourMs;
  const areWorthIt = hoursTo - hoursFrom >= leastHours * hourMs;
  if (!areWorthIt || !(isOneStep || isHourly)) return { hoursFrom: to, hoursTo: to };
  return { hoursFrom: new Date(hoursFrom), hoursTo: new Date(hoursTo) };
}
