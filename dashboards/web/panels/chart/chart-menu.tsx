import type { Drawing } from '../../browser/draw-chart.js';
import { saveChartCsv, saveChartPng } from '../../browser/save-chart.js';
import { Menu } from '../menu.js';

export type ChartMenuProps = {
  title: string;
  drawing: Drawing;
  asTable: boolean;
  setAsTable: (asTable: boolean) => void;
};

/** Ways to take a chart along, and to read it as a table. */
export function ChartMenu({ title, drawing, asTable, setAsTable }: ChartMenuProps) {
  return (
    <Menu
      label={`More about ${title}`}
      items={[
        { label: asTable ? 'Show as a chart' : 'Show as a table', act: () => setAsTable(!asTable) },
        { label: 'Save as CSV', act: () => saveChartCsv(title, drawing) },
        { label: 'Save as PNG', act: () => saveChartPng(title, drawing) },
      ]}
    />
  );
}
