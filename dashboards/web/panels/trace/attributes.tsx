type AttributesProps = { title: string; attributes: Readonly<Record<string, string>>; isOpen: boolean };

/** Names and values as they came, in one fold. */
export function Attributes({ title, attributes, isOpen }: AttributesProps) {
  const pairs = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
  if (pairs.length === 0) return null;
  return (
    <details className="attributes" open={isOpen}>
      <summary>
        <bdi>{title}</bdi> <span className="aside">{pairs.length}</span>
      </summary>
      <dl>
        {pairs.map(([key, value]) => (
          <div key={key} data-long={value.length > 60 || value.includes('\n')}>
            <dt>
              <bdi>{key}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
