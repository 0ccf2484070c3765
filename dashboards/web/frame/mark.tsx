/** The cold blue flame. */
export function Mark({ size }: { size: number }) {
  return <img className="mark" src="/favicon.svg" width={size} height={size} alt="" />;
}
