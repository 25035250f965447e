import type { ECharts } from 'echarts/core';
import { type PointerEvent, type RefObject, useState } from 'react';
import type { Brush } from './chart-brush.ts';

/** Pixels; less is a click. */
const LEAST = 6;

interface Stretch {
  readonly left: number;
  readonly width: number;
}

interface Drag {
  readonly pointer: number;
  readonly from: number;
  readonly to: number;
}

/** A drag along the horizontal axis: what it covers while it lasts, and what it covered at its end. */
export function useBrush(chart: RefObject<ECharts | undefined>, onBrush: (brush: Brush) => void) {
  const [drag, setDrag] = useState<Drag>();
  const placeOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const end = () => {
    setDrag(undefined);
    if (!drag || Math.abs(drag.to - drag.from) < LEAST) return;
    const [from, to] = [drag.from, drag.to].map((pixel) => chart.current?.convertFromPixel({ xAxisIndex: 0 }, pixel));
    if (from !== undefined && to !== undefined) onBrush({ from, to });
  };
  return {
    stretch: drag && stretchOf(drag),
    onPointerDown: (event: PointerEvent) => {
      const at = placeOf(event);
      const top = event.clientY - event.currentTarget.getBoundingClientRect().top;
      if (event.button !== 0 || !chart.current?.containPixel({ gridIndex: 0 }, [at, top])) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ pointer: event.pointerId, from: at, to: at });
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag && event.pointerId === drag.pointer) setDrag({ ...drag, to: placeOf(event) });
    },
    onPointerUp: end,
    onPointerCancel: () => setDrag(undefined),
  };
}

function stretchOf({ from, to }: Drag): Stretch {
  return { left: Math.min(from, to), width: Math.abs(to - from) };
}
