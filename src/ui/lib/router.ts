import { store, useStore } from './store.ts';

export const PLACES = [
  'home',
  'worksheets',
  'data',
  'stages',
  'load',
  'streams',
  'tasks',
  'connections',
  'history',
  'learn',
  'settings',
] as const;

export type PlaceId = (typeof PLACES)[number];

/** Where the console is: a place, what is open in it (`stages/s1/a b.csv` has the path `['s1', 'a b.csv']`), and options. */
export interface Route {
  readonly place: PlaceId;
  readonly path: readonly string[];
  readonly query: { readonly [name: string]: string };
}

/** A route from the fragment of an address; what is no place is home. The fragment never leaves the browser. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [first = '', ...rest] = path.split('/').map(decode);
  const place = PLACES.find((name) => name === first) ?? 'home';
  return { place, path: rest.filter(Boolean), query: Object.fromEntries(new URLSearchParams(query)) };
}

/** What stands in an address for a text. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // A stray percent sign in an address typed by hand.
  }
}

export function showRoute({ place, path = [], query = {} }: Partial<Route> & Pick<Route, 'place'>): string {
  const options = new URLSearchParams(query).toString();
  const parts = [place, ...path].map((part) => encodeURIComponent(part).replaceAll('%40', '@').replaceAll('%7E', '~'));
  return `#/${parts.join('/')}${options ? `?${options}` : ''}`;
}

const current = store<Route>(parseRoute(globalThis.location?.hash ?? ''));

/** Keeps the route in step with the address. Returns the way to stop. */
export function followAddress(): () => void {
  const follow = () => current.set(parseRoute(location.hash));
  follow();
  addEventListener('hashchange', follow);
  return () => removeEventListener('hashchange', follow);
}

export function useRoute(): Route {
  return useStore(current);
}

/** Goes to a route; `replace` leaves no step to go back to. */
export function navigate(route: Partial<Route> & Pick<Route, 'place'>, { replace = false } = {}): void {
  const address = showRoute(route);
  if (address === location.hash) return;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  current.set(parseRoute(address));
}
