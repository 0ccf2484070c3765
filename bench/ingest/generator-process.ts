import { serveOrders } from './generator.js';

serveOrders();
