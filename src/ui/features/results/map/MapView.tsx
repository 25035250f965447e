import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { format } from '../../../lib/format.ts';
import { useShade } from '../../../lib/look.ts';
import { useMessages } from '../../../lib/messages/messages.ts';
import { useOwnTouch } from '../../../lib/own-touch.ts';
import {
  type Camera,
  cameraOn,
  type Extent,
  type Point,
  panned,
  type Size,
  scaleOf,
  type View,
  viewOf,
  zoomed,
} from '../viewers/projection.ts';
import type { BaseLayer } from './base/base-layer.ts';
import type { DrawnBase } from './base/use-base-layer.ts';
import { drawMap, inkOf, rowAt } from './map-canvas.ts';
import type { Shapes } from './shapes.ts';

export interface MapViewProps {
  readonly shapes: Shapes;
  readonly extent: Extent;
  readonly label: string;
  readonly base: DrawnBase;
  readonly chosen: number | undefined;
  /** Another one zooms once. */
  readonly zoom: { readonly factor: number } | undefined;
  readonly onChoose: (row: number) => void;
}

const PAN_PIXELS = 48;
const ZOOM_STEP = 2;
/** A press that moves less is a click. */
const LEAST_PIXELS = 4;

/** Drawn on a canvas: dragged, zoomed by wheel and keys; a click chooses a row. */
export function MapView({ shapes, extent, label, base, chosen, zoom, onChoose }: MapViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const [moved, setMoved] = useState<Camera>();
  const { isGlobe } = shapes;
  const camera = moved ?? cameraOn(extent, isGlobe, size);
  const view = viewOf(camera, isGlobe, size);
  useDrawing(canvas, { shapes, chosen, view, base });
  const middle: Point = [size.width / 2, size.height / 2];
  const zoomBy = (factor: number, at = middle) => setMoved(zoomed(camera, view, factor, at));
  const panBy = (by: Point) => setMoved(panned(camera, view, by));
  // One from before this map was made is done with.
  const heeded = useRef(zoom);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish is heeded once.
  useEffect(() => {
    if (zoom && zoom !== heeded.current) zoomBy(zoom.factor);
    heeded.current = zoom;
  }, [zoom]);
  useWheel(canvas, (factor, at) => zoomBy(factor, at));
  useOwnTouch(canvas);
  const press = (event: PointerEvent<HTMLCanvasElement>) =>
    followPress(event, { camera, view, move: setMoved, click: (at) => choose(rowAt(shapes.shapes, view, at)) });
  const choose = (row: number | undefined) => row !== undefined && onChoose(row);
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyAction(event.key, { panBy, zoomBy, whole: () => setMoved(undefined) });
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="map-view">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        data-chosen={chosen}
        tabIndex={0}
        onPointerDown={press}
        onKeyDown={onKeyDown}
      />
      <Scale view={view} />
      {base.layer && <Credit layer={base.layer} view={view} />}
    </div>
  );
}

function Credit({ layer, view }: { readonly layer: BaseLayer; readonly view: View }) {
  const { map: words } = useMessages();
  const text = layer.covers(view) ? layer.attribution : words.tooFar;
  return text === '' ? null : <div className="map-credit cut">{text}</div>;
}

function Scale({ view }: { readonly view: View }) {
  const { viewer } = useMessages();
  const { width, length, isMetric } = scaleOf(view, 64);
  const unit = isMetric && length >= 1000 ? viewer.kilometres : viewer.metres;
  const figure = isMetric ? unit(format.number(length >= 1000 ? length / 1000 : length)) : format.number(length, 6);
  return (
    <div className="map-scale">
      <span>{figure}</span>
      <i style={{ width }} />
    </div>
  );
}

const NO_SIZE: Size = { width: 1, height: 1 };

function useSize(canvas: React.RefObject<HTMLCanvasElement | null>): Size {
  const [size, setSize] = useState(NO_SIZE);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth || 1, height: element.clientHeight || 1 });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}

interface Drawing {
  readonly shapes: Shapes;
  readonly chosen: number | undefined;
  readonly view: View;
  readonly base: DrawnBase;
}

/** Each frame is drawn once, whatever changed since the last. */
function useDrawing(canvas: React.RefObject<HTMLCanvasElement | null>, drawing: Drawing): void {
  const { shapes, chosen, view, base } = drawing;
  const shade = useShade();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another shade has other colours.
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      const density = window.devicePixelRatio;
      element.width = Math.round(view.width * density);
      element.height = Math.round(view.height * density);
      context.scale(density, density);
      drawMap(context, { view, shapes: shapes.shapes, chosen, ink: inkOf(element), base: base.layer });
    });
    return () => cancelAnimationFrame(frame);
  }, [shapes, chosen, shade, base, view.left, view.top, view.perX, view.perY, view.width, view.height]);
}

/** React listens to wheels passively: the page would scroll, too. */
function useWheel(canvas: React.RefObject<HTMLCanvasElement | null>, turn: (factor: number, at: Point) => void): void {
  useEffect(() => {
    const element = canvas.current;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      turn(2 ** (event.deltaY / 200), [event.offsetX, event.offsetY]);
    };
    element?.addEventListener('wheel', wheel, { passive: false });
    return () => element?.removeEventListener('wheel', wheel);
  });
}

interface Press {
  readonly camera: Camera;
  readonly view: View;
  readonly move: (camera: Camera) => void;
  readonly click: (at: Point) => void;
}

function followPress(event: PointerEvent<HTMLCanvasElement>, { camera, view, move, click }: Press): void {
  if (event.button !== 0) return;
  const element = event.currentTarget;
  const { offsetX, offsetY } = event.nativeEvent;
  const [startX, startY] = [event.clientX, event.clientY];
  const ended = new AbortController();
  let isDragged = false;
  element.setPointerCapture(event.pointerId);
  const drag = ({ clientX, clientY }: globalThis.PointerEvent) => {
    isDragged ||= Math.hypot(clientX - startX, clientY - startY) >= LEAST_PIXELS;
    if (isDragged) move(panned(camera, view, [clientX - startX, clientY - startY]));
  };
  const release = () => {
    ended.abort();
    if (!isDragged) click([offsetX, offsetY]);
  };
  element.addEventListener('pointermove', drag, { signal: ended.signal });
  element.addEventListener('pointerup', release, { signal: ended.signal });
  element.addEventListener('pointercancel', () => ended.abort(), { signal: ended.signal });
}

interface KeyActions {
  readonly panBy: (by: Point) => void;
  readonly zoomBy: (factor: number) => void;
  readonly whole: () => void;
}

function keyAction(key: string, { panBy, zoomBy, whole }: KeyActions): (() => void) | undefined {
  switch (key) {
    case 'ArrowLeft':
      return () => panBy([PAN_PIXELS, 0]);
    case 'ArrowRight':
      return () => panBy([-PAN_PIXELS, 0]);
    case 'ArrowUp':
      return () => panBy([0, PAN_PIXELS]);
    case 'ArrowDown':
      return () => panBy([0, -PAN_PIXELS]);
    case '+':
    case '=':
      return () => zoomBy(1 / ZOOM_STEP);
    case '-':
      return () => zoomBy(ZOOM_STEP);
    case '0':
      return whole;
    default:
      return undefined;
  }
}
