/** There is nothing to show, and why. */
export function NothingReceived({ title, note }: { title: string; note: string }) {
  return (
    <section className="panel state">
      <h1>{title}</h1>
      <p>{note}</p>
      <p className="state-acts">
        <a href="/">How to send telemetry</a>
      </p>
    </section>
  );
}
