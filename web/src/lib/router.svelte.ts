// Addresses: which screen is shown, and how links inside the page change it without loading anew.

interface Route {
  path: string;
  query: URLSearchParams;
  /** What the history entry carries: e.g. the list a document was opened from. Survives a reload. */
  state: RouteState;
}
export interface RouteState {
  list?: string;
}

function current(): Route {
  return {
    path: location.pathname,
    query: new URLSearchParams(location.search),
    state: (history.state as RouteState | null) ?? {},
  };
}

let route = $state.raw<Route>(current());

export const router = {
  get path() {
    return route.path;
  },
  get query() {
    return route.query;
  },
  get state() {
    return route.state;
  },
};

export function navigate(to: string, options: { replace?: boolean; state?: RouteState } = {}): void {
  const state = options.state ?? {};
  if (options.replace) history.replaceState(state, "", to);
  else history.pushState(state, "", to);
  const samePath = location.pathname === route.path;
  route = current();
  if (!samePath) window.scrollTo(0, 0);
}

/** Change the address in place (page number while scrolling), keeping what the history entry carries. */
export function readdress(to: string): void {
  if (to === location.pathname + location.search) return;
  history.replaceState(history.state, "", to);
  route = current();
}

export function startRouter(): void {
  window.addEventListener("popstate", () => {
    route = current();
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
    // A place on the same page: the browser goes there by itself.
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    const list = link.dataset.list;
    navigate(link.pathname + link.search + link.hash, list === undefined ? {} : { state: { list } });
  });
}
