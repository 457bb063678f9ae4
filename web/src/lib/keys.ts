// Single-key commands of a screen; silent while someone types or a dialog is open.

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** Name of a key press: `n`, `Alt+ArrowLeft`, `?`. */
function nameOf(event: KeyboardEvent): string {
  return (event.altKey ? "Alt+" : "") + event.key;
}

/** Listen for *keys* on the whole page; returns how to stop. */
export function listen(keys: KeyMap): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const action = keys[nameOf(event)];
    if (!action) return;
    event.preventDefault();
    action(event);
  };
  document.addEventListener("keydown", listener);
  return () => document.removeEventListener("keydown", listener);
}
