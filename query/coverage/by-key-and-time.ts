/** Orders by texts and then by time. */
export function byKeyAndTime<One>(
  keyOf: (one: One) => readonly string[],
  timeOf: (one: One) => number,
): (one: One, other: One) => number {
  const key = (one: One) => keyOf(one).join('\n');
  return (one, other) => {
    if (key(one) !== key(other)) return key(one) < key(other) ? -1 : 1;
    return timeOf(one) - timeOf(other);
  };
}
