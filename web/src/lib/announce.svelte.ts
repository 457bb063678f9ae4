// Short messages: shown for a moment, and read aloud by screen readers.
let message = $state("");
let timer: ReturnType<typeof setTimeout> | undefined;

export const notice = {
  get message() {
    return message;
  },
};

export function announce(text: string): void {
  clearTimeout(timer);
  message = text;
  timer = setTimeout(() => (message = ""), 3500);
}

/** Put *text* on the clipboard and say so with *said*. */
export async function copyText(text: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  announce(said);
}
