interface TrustedTypes {
  createPolicy(name: 'default', rules: Rules): unknown;
}

interface Rules {
  createHTML(markup: string): string | undefined;
  createScriptURL(url: string, type: string, sink: string): string | undefined;
}

/** Absent where the browser does not know trusted types. */
declare const trustedTypes: TrustedTypes | undefined;

/** Both take scripts of our own origin alone, by `worker-src`. */
const STARTS = ['Worker constructor', 'ServiceWorkerContainer register'];

/**
 * Says which texts may reach the places where the page or a worker would run them, under the policy
 * `require-trusted-types-for 'script'`: addresses of workers, and no markup but the empty one, by which
 * charts clear what they drew. Everything else throws. Called once, before anything else runs.
 */
export function trustOurOwn(): void {
  if (typeof trustedTypes === 'undefined') return;
  trustedTypes.createPolicy('default', {
    createHTML: (markup) => (markup === '' ? markup : undefined),
    createScriptURL: (url, _type, sink) => (STARTS.includes(sink) ? url : undefined),
  });
}
