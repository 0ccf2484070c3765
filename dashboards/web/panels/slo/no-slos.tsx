import { CodeBlock } from '../code-block.js';
import { SloProblems } from './slo-problems.js';

const example = `slos:
  - id: checkout-success
    title: Checkout succeeds
    where: { function: "checkout-*" }
    sli: { kind: success }
    objective: 99.9%
`;

/** Before the first objective: what one is, and how to make one. */
export function NoSlos({ problems }: { problems: readonly string[] }) {
  return (
    <>
      <SloProblems problems={problems} />
      <section className="panel state">
        <h1>No objectives yet</h1>
        <p>
          An objective says which share of runs must be good, and how long a budget of bad ones has to last.
          Write a file into <code>slos/</code>; it is read by itself, and its history is filled in.
        </p>
        <CodeBlock code={example} label="slos/shop.yaml" />
      </section>
    </>
  );
}
