// How fast work goes, and what remains: told from what was seen, and only once enough was seen.

interface Sample {
  at: number;
  done: number;
}
/** Rates are those of the last minutes: mailboxes and pictures follow each other, and neither speaks for the other. */
const WINDOW_MS = 120_000;
const ENOUGH_MS = 5_000;

export interface Rate {
  perMinute: number;
  /** Null until it can be said honestly: too little was seen, or the whole is not known yet. */
  remainingSeconds: number | null;
}

export class Rates {
  private samples: Sample[] = [];

  add(done: number, at: number): void {
    const last = this.samples.at(-1);
    if (last && (done < last.done || at < last.at)) this.samples = [];
    this.samples.push({ at, done });
    while (this.samples.length > 2 && at - (this.samples[1] as Sample).at > WINDOW_MS) this.samples.shift();
  }

  now(total: number | null): Rate | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at - first.at < ENOUGH_MS || last.done === first.done) return null;
    const perMs = (last.done - first.done) / (last.at - first.at);
    const left = total && total > last.done ? (total - last.done) / perMs / 1000 : null;
    return { perMinute: perMs * 60_000, remainingSeconds: left };
  }
}

/** Seconds as people say them, rounded up coarsely: `["minutes", 3]`. */
export function roughly(seconds: number): ["seconds" | "minutes" | "hours", number] {
  if (seconds < 50) return ["seconds", Math.max(10, Math.ceil(seconds / 10) * 10)];
  if (seconds < 5400) return ["minutes", Math.max(1, Math.ceil(seconds / 60))];
  return ["hours", Math.ceil(seconds / 3600)];
}
