import { crc32, deflateSync } from 'node:zlib';

export type Bar = {
  /** From 0 to 1; null draws nothing. */ height: number | null;
  color: readonly [number, number, number];
};

/** Bars as a PNG, which mail programs show where they drop SVG. Values stand beside it as text. */
export function pngBars(
  bars: readonly Bar[],
  { height, barWidth, gap }: { height: number; barWidth: number; gap: number },
): Buffer {
  const width = Math.max(1, bars.length * (barWidth + gap) - gap);
  const rowBytes = width * 4 + 1;
  const pixels = Buffer.alloc(rowBytes * height);
  for (const [at, bar] of bars.entries()) {
    if (bar.height === null) continue;
    const tall = Math.max(1, Math.round(Math.min(1, Math.max(0, bar.height)) * height));
    for (let y = height - tall; y < height; y++)
      for (let x = at * (barWidth + gap); x < at * (barWidth + gap) + barWidth; x++)
        pixels.set([...bar.color, 255], y * rowBytes + 1 + x * 4);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a channel, red, green, blue and alpha.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
