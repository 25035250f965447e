import type { App } from './app.ts';

/** The times of the frames while the grid scrolls by so many pixels a frame, in order of length. */
export function scrollFrames(app: App, pixels: number): Promise<readonly number[]> {
  return app.grid.evaluate(
    (grid, step) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const next = (now: number) => {
          times.push(now);
          grid.scrollTop += step;
          if (times.length <= 120) requestAnimationFrame(next);
          else
            resolve(
              times
                .slice(1)
                .map((time, index) => time - (times[index] ?? 0))
                .sort((a, b) => a - b),
            );
        };
        requestAnimationFrame(next);
      }),
    pixels,
  );
}

/** The value below which a share of them lies. */
export const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
