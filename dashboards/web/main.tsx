// First of all; see there.
import './browser/without-eval.js';
import { render } from 'preact';
import { App } from './app.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/summary.css';
import './styles/table.css';
import './styles/cards.css';
import './styles/details.css';
import './styles/menu.css';
import './styles/states.css';
import './styles/first-minute.css';
import './styles/ingest.css';
import './styles/overlays.css';
import './styles/motion.css';
import './styles/print.css';

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
