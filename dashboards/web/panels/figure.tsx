import { useRef } from 'preact/hooks';
import { unitSpace, unknown } from '../view/figure.js';

export type FigureProps = {
  text: string;
  /** The exact figure, or why it is not known. */
  title?: string | undefined;
};

/** A number with a quieter unit. When it changes it fades in once; what is drawn first stands still. */
export function Figure({ text, title }: FigureProps) {
  const first = useRef(text);
  const changed = useRef(false);
  if (text !== first.current) changed.current = true;
  if (text === unknown) {
    return (
      <span className="unknown" title={title}>
        <span aria-hidden="true">{unknown}</span>
        <span className="unseen">not known{title === undefined ? '' : `: ${title}`}</span>
      </span>
    );
  }
  return (
    <span key={text} className="figure" data-fresh={changed.current} title={title}>
      {parts(text)}
    </span>
  );
}

function parts(text: string) {
  return text.split(' ').map((pair, index) => {
    const [value = '', unit] = pair.split(unitSpace);
    return (
      <>
        {index > 0 && ' '}
        {value}
        {unit !== undefined && (
          <span className="unit">
            {unitSpace}
            {unit}
          </span>
        )}
      </>
    );
  });
}
