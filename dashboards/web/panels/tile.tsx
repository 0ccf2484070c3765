import type { ComponentChildren } from 'preact';

export type TileProps = {
  label: string;
  value: ComponentChildren;
  note?: string | undefined;
  noteTitle?: string | undefined;
  alarm?: boolean;
  /** Makes the note a button that shows the evidence. */
  act?: (() => void) | undefined;
};

/** One figure of the summary. */
export function Tile({ label, value, note, noteTitle, alarm = false, act }: TileProps) {
  const title = noteTitle ?? note;
  return (
    <div className="tile" data-alarm={alarm}>
      <p className="tile-label">{label}</p>
      <p className="tile-value">{value}</p>
      {note !== undefined && act === undefined && (
        <p className="tile-note" title={title}>
          <bdi>{note}</bdi>
        </p>
      )}
      {note !== undefined && act !== undefined && (
        <p className="tile-note">
          <button type="button" className="quiet-link" title={title} onClick={act}>
            <bdi>{note}</bdi>
          </button>
        </p>
      )}
    </div>
  );
}
