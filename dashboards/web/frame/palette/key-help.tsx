import { pages } from '../../view/pages.js';
import type { OverlayProps } from '../overlays.js';
import { Modal } from './modal.js';

const everywhere = [
  { keys: ['Ctrl', 'K'], does: 'go to a page, a function or an SLO' },
  { keys: ['?'], does: 'this list' },
  { keys: ['Esc'], does: 'close what is open' },
] as const;

const inside = [
  { keys: ['/'], does: 'filter a list' },
  { keys: ['↑', '↓'], does: 'move over rows; Enter opens one' },
  { keys: ['←', '→'], does: 'move over the steps of a chart' },
] as const;

/** Every key that does something. */
export function KeyHelp({ close }: OverlayProps) {
  return (
    <Modal label="Keyboard shortcuts" className="key-help" close={close}>
      <header className="modal-head">
        <h2>Keyboard shortcuts</h2>
        <button type="button" className="button small" onClick={close}>
          Close
        </button>
      </header>
      <div className="key-columns">
        <dl>
          {[...everywhere, ...inside].map(({ keys, does }) => (
            <Row key={does} keys={keys} does={does} />
          ))}
        </dl>
        <dl>
          {pages.map(({ key, label }) => (
            <Row key={key} keys={['g', key]} does={label} />
          ))}
        </dl>
      </div>
    </Modal>
  );
}

function Row({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <div className="key-row">
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
